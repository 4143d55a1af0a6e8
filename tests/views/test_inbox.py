"""The inbox: one's own notices beside the mail, as careful as the mail; and how news comes (III.d.i)."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from requests_app.domain.notice_kinds import WEIGHTS
from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import Notice, NoticePreference, OutgoingMail, ServiceRequest
from requests_app.services.notices import NoticeEntry, queue_notice
from requests_app.services.outgoing_mail import send_due_mail
from tests.cast import Cast, login_of
from tests.factories import AbsenceFactory, ServiceRequestFactory, concern, start_clock_row

INBOX = "/inbox/"


@pytest.fixture
def pothole(cast: Cast) -> ServiceRequest:
    found = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice, title="Lamp out on Pear Street")
    start_clock_row(found, due_at=found.received_at + timedelta(days=1))
    return found


@pytest.fixture
def signed_in(client: Client, cast: Cast) -> Client:
    client.force_login(login_of(cast.alice))
    return client


def tell(cast: Cast, pothole: ServiceRequest | None, at: datetime, key: str = "a", **facts: object) -> Notice:
    entry = {"kind": Notice.Kind.ASSIGNED, "recipient": cast.alice, "text": "You know this corner", **facts}
    notice = queue_notice(NoticeEntry(dedupe_key=key, service_request=pothole, **entry), at=at)  # type: ignore[arg-type]
    assert notice is not None
    return notice


def test_it_shows_what_is_new_with_the_request_it_is_about(
    cast: Cast, pothole: ServiceRequest, signed_in: Client, now: datetime
) -> None:
    tell(cast, pothole, now)
    page = signed_in.get(INBOX).content.decode()
    assert "A request was given to you" in page
    assert "You know this corner" in page
    assert f"{pothole.number}: Lamp out on Pear Street" in page
    assert pothole.get_absolute_url() in page


def test_the_rail_counts_what_is_new(cast: Cast, pothole: ServiceRequest, signed_in: Client, now: datetime) -> None:
    tell(cast, None, now, "a", kind=Notice.Kind.RELIEVED)
    tell(cast, pothole, now, "b")
    ServiceRequest.objects.all().update(owner=cast.bob)  # nothing is Alice's own: the count is of notices
    rail = signed_in.get("/queue/").context["nav_items"]
    assert next(item.count for item in rail if item.name == "inbox") == 2


def test_one_and_all_are_marked_as_seen_by_a_post_and_a_second_click_is_harmless(
    cast: Cast, pothole: ServiceRequest, signed_in: Client, now: datetime
) -> None:
    notices = [tell(cast, pothole, now, str(number)) for number in range(4)]
    for _ in range(2):
        signed_in.post(reverse("inbox_seen", args=[notices[0].pk]))
    assert Notice.objects.filter(read_at__isnull=True).count() == 3
    signed_in.post(reverse("inbox_all_seen"), {"newest": notices[2].pk})
    assert Notice.objects.get(read_at__isnull=True) == notices[3], "what came after the page was shown stays new"
    assert signed_in.post(reverse("inbox_all_seen"), {"newest": "9" * 40}).status_code == 302


def test_looking_marks_nothing(cast: Cast, pothole: ServiceRequest, signed_in: Client, now: datetime) -> None:
    tell(cast, pothole, now)
    signed_in.get(INBOX)
    assert Notice.objects.get().read_at is None


def test_nobody_marks_or_reads_what_was_told_to_somebody_else(
    cast: Cast, pothole: ServiceRequest, client: Client, now: datetime
) -> None:
    notice = tell(cast, pothole, now)
    client.force_login(login_of(cast.bob))
    assert client.post(reverse("inbox_seen", args=[notice.pk])).status_code == 404
    assert pothole.number not in client.get(f"{INBOX}?show=all").content.decode()


def test_what_was_seen_stands_under_all(cast: Cast, pothole: ServiceRequest, signed_in: Client, now: datetime) -> None:
    notice = tell(cast, pothole, now)
    signed_in.post(reverse("inbox_seen", args=[notice.pk]))
    assert pothole.number not in signed_in.get(INBOX).content.decode()
    assert pothole.number in signed_in.get(f"{INBOX}?show=all").content.decode()


def test_of_a_request_out_of_sight_neither_number_nor_words_are_left(
    cast: Cast, pothole: ServiceRequest, signed_in: Client, now: datetime
) -> None:
    tell(cast, pothole, now)
    concern(pothole, cast.alice)
    page = signed_in.get(INBOX).content.decode()
    assert "about a request you may no longer open" in page
    assert not [word for word in (pothole.number, "Lamp out", "this corner") if word in page]


def test_a_confidential_request_stands_there_as_its_number_only(
    cast: Cast, pothole: ServiceRequest, signed_in: Client, now: datetime
) -> None:
    tell(cast, pothole, now)
    ServiceRequest.objects.update(confidentiality=Confidentiality.CONFIDENTIAL)
    page = signed_in.get(INBOX).content.decode()
    assert pothole.number in page
    assert not [word for word in ("Lamp out", "this corner") if word in page]


def test_a_stand_in_reads_for_whom(cast: Cast, pothole: ServiceRequest, signed_in: Client, now: datetime) -> None:
    AbsenceFactory.create(employee=cast.bob, alternate_person=cast.alice)
    tell(cast, pothole, now, in_place_of=cast.bob)
    assert "for Bob Teammate" in signed_in.get(INBOX).content.decode()


def test_thirty_notices_cost_as_many_queries_as_three(
    cast: Cast,
    pothole: ServiceRequest,
    signed_in: Client,
    now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(3):
        tell(cast, pothole, now, str(number))
    few = len(_queries(signed_in))
    for number in range(3, 30):
        tell(cast, pothole, now, str(number))
    with django_assert_num_queries(few):
        page = signed_in.get(INBOX)
    assert "1 to 25 of 30" in page.content.decode()
    assert len(signed_in.get(f"{INBOX}?page=2").context["rows"]) == 5


def _queries(client: Client) -> list[dict[str, str]]:
    client.get(INBOX)
    with CaptureQueriesContext(connection) as captured:
        client.get(INBOX)
    return captured.captured_queries


def test_every_kind_of_notice_is_a_duty_or_news() -> None:
    assert set(WEIGHTS) == set(Notice.Kind.values)


def test_the_page_of_choices_says_plainly_what_cannot_be_switched_off(signed_in: Client) -> None:
    page = signed_in.get("/account/notices/").content.decode()
    assert "cannot be switched off" in page
    assert "An answer is owed" in page.split("What always comes at once")[1]
    assert "A request was given to you" not in page.split("What always comes at once")[1]


def test_news_is_gathered_into_one_mail_at_the_next_opening_and_duties_go_at_once(
    cast: Cast, pothole: ServiceRequest, signed_in: Client, now: datetime
) -> None:
    signed_in.post("/account/notices/", {"news": "daily"})
    tell(cast, pothole, now, "a")
    tell(cast, None, now, "b", kind=Notice.Kind.RELIEVED, text="Another is with somebody else now")
    tell(cast, pothole, now, "c", kind=Notice.Kind.NUDGE, text="Sam Supervisor")
    tomorrow_opens = datetime.fromisoformat("2026-11-24T16:00:00+00:00")
    gathered = OutgoingMail.objects.get(next_attempt_at=tomorrow_opens)
    assert gathered.notices.count() == 2
    assert gathered.subject == "Your news: 2 items"
    assert "You know this corner" in gathered.body
    assert "Another is with somebody else now" in gathered.body
    assert Notice.objects.get(kind=Notice.Kind.NUDGE).mail.next_attempt_at == now  # type: ignore[union-attr]


def test_gathered_news_tells_how_things_stand_when_it_goes_out(
    cast: Cast, pothole: ServiceRequest, now: datetime
) -> None:
    NoticePreference.objects.create(employee=cast.alice, is_daily=True, changed_at=now)
    tell(cast, pothole, now)
    ServiceRequest.objects.update(confidentiality=Confidentiality.CONFIDENTIAL)
    send_due_mail(clock=lambda: now + timedelta(days=1), worker="test")
    mail = OutgoingMail.objects.get()
    assert mail.status == "sent"
    assert pothole.number in mail.body
    assert "Lamp out" not in mail.body
    assert "this corner" not in mail.body
