"""The administrator's pages of a calendar: what is typed goes to the draft, is confirmed with its effect in sight."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import BackgroundJob, Calendar, Closure, ServiceRequest
from requests_app.selectors.calendars import draft_of
from tests.cast import Cast, login_of
from tests.factories import ServiceRequestFactory, start_clock_row

HOME = "/calendars/response/"
TUESDAY_EVENING = datetime.fromisoformat("2026-11-24T17:00:00-08:00")


@pytest.fixture
def ada(cast: Cast, client: Client, now: datetime, time_machine: Any) -> Client:
    time_machine.move_to(now, tick=False)
    client.force_login(login_of(cast.ada))
    return client


def response() -> Calendar:
    return Calendar.objects.get(slug=Calendar.RESPONSE)


def mark() -> str:
    return draft_of(response()).mark


def storm(**changed: str) -> dict[str, str]:
    return {"on": "2026-11-24", "name": "Storm", "hours": "", "seen": mark(), **changed}


def test_a_year_at_a_glance_says_in_words_what_its_colours_mean(ada: Client) -> None:
    page = ada.get(f"{HOME}?year=2027").content.decode()

    assert "closed: Thanksgiving Day" in page
    assert "Christmas Day (observed), Christmas Eve fall together on Fri 24 Dec 2027" in page
    assert "New Year&#x27;s Day (observed)" in page  # of 2028, observed on Fri 31 Dec 2027
    assert "Saturday" in page


def test_a_year_nobody_confirmed_says_so_and_nonsense_shows_this_year(ada: Client) -> None:
    assert "The closures of 2029 are not known" in ada.get(f"{HOME}?year=2029").content.decode()
    assert "Response calendar, 2026" in ada.get(f"{HOME}?year=twelve").content.decode()


def test_a_closure_typed_in_waits_in_the_draft_until_it_is_confirmed(cast: Cast, ada: Client) -> None:
    found = ServiceRequestFactory.create(department=cast.streets)
    start_clock_row(found, due_at=TUESDAY_EVENING)
    secret = ServiceRequestFactory.create(confidentiality=Confidentiality.CONFIDENTIAL, title="About a colleague")
    start_clock_row(secret, due_at=TUESDAY_EVENING)

    saved = ada.post(f"{HOME}days/2026-11-24/add/", storm())
    shown = ada.get(f"{HOME}confirm/").content.decode()

    assert saved.headers["Location"] == f"{HOME}?year=2026"
    assert "2 open answer-by dates move later." in shown
    assert found.number in shown
    assert "Operations and Maintenance" in shown
    assert "Wed 25 Nov, 5:00 pm" in shown
    # No request content by right: neither what it is about nor that somebody's confidential matter exists.
    assert found.title not in shown
    assert secret.number not in shown
    assert "1 of them in a confidential matter, not listed" in shown

    confirmed = ada.post(f"{HOME}confirm/", {"seen": mark()}, follow=True)

    assert "Version 2" in confirmed.content.decode()
    assert "Tue 24 Nov 2026: Storm added" in confirmed.content.decode()
    assert "Ada Administrator" in confirmed.content.decode()
    assert "are about to follow" in confirmed.content.decode()
    assert BackgroundJob.objects.get().requested_by == cast.ada


def test_a_second_click_on_confirm_changes_nothing(ada: Client) -> None:
    ada.post(f"{HOME}days/2026-11-24/add/", storm())
    seen = {"seen": mark()}

    answers = [ada.post(f"{HOME}confirm/", seen).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert (response().versions.count(), BackgroundJob.objects.count()) == (2, 1)


def test_confirming_what_somebody_changed_in_between_shows_the_new_effect_instead(ada: Client) -> None:
    ada.post(f"{HOME}days/2026-11-24/add/", storm())
    seen = mark()
    Closure.objects.create(calendar=response(), on=date(2026, 12, 1), name="Flood")

    answer = ada.post(f"{HOME}confirm/", {"seen": seen})

    assert answer.status_code == 409
    assert "Flood" in answer.content.decode()
    assert response().versions.count() == 1


def test_what_was_typed_is_kept_where_it_is_wrong_or_somebody_was_quicker(ada: Client) -> None:
    wrong = ada.post(f"{HOME}days/2026-11-24/add/", storm(hours="17:00-8:00"))
    late = ada.post(f"{HOME}days/2026-11-24/add/", storm(seen="of yesterday"))

    assert (wrong.status_code, late.status_code) == (422, 409)
    assert 'value="17:00-8:00"' in wrong.content.decode()
    assert 'value="Storm"' in late.content.decode()
    assert mark() in late.content.decode()  # saving again is saving what is now in sight
    assert not Closure.objects.filter(name="Storm").exists()


def test_an_entry_is_moved_given_hours_and_removed(ada: Client) -> None:
    eve = Closure.objects.get(calendar=response(), on=date(2027, 12, 24), name="Christmas Eve")
    moved = storm(on="2027-12-23", name="Christmas Eve", hours="8-12", closure=str(eve.pk))

    ada.post(f"{HOME}days/2027-12-24/change/", moved)
    eve.refresh_from_db()
    assert (eve.on, eve.open) == (date(2027, 12, 23), [["08:00", "12:00"]])

    ada.post(f"{HOME}days/2027-12-23/remove/", {"closure": str(eve.pk), "seen": mark()})
    assert not Closure.objects.filter(pk=eve.pk).exists()


def test_an_entry_that_is_gone_is_told_and_an_unknown_verb_or_date_is_no_address(ada: Client) -> None:
    assert ada.post(f"{HOME}days/2026-11-24/change/", storm(closure="0")).status_code == 409
    assert ada.post(f"{HOME}days/2026-11-24/burn/", storm()).status_code == 404
    assert ada.get(f"{HOME}days/2026-02-30/").status_code == 404
    assert ada.get("/calendars/tide/").status_code == 404


def test_hours_are_changed_with_alternate_fridays_off(ada: Client) -> None:
    days = ("mon", "tue", "wed", "thu", "fri")
    typed = {f"{day}_hours": "8:00-12:00, 13:00-17:00" for day in days}
    typed |= {"fri_off": "2026-11-27", "business_day_hours": "8", "partial_days_count": "on", "seen": mark()}

    wrong = ada.post(f"{HOME}hours/", {**typed, "fri_off": "2026-11-26"})
    saved = ada.post(f"{HOME}hours/", typed)

    assert (wrong.status_code, saved.status_code) == (422, 302)
    assert "That date is not a Friday." in wrong.content.decode()
    year = ada.get(f"{HOME}?year=2027").content.decode()
    assert "alternate day off" in year
    assert "Friday: every second one off, counted from Fri 27 Nov 2026" in year
    assert "Monday: 8:00–17:00 becomes 8:00–12:00, 13:00–17:00" in year


def test_holidays_are_shown_with_collisions_before_they_are_added(ada: Client) -> None:
    Closure.objects.filter(on__year=2028).delete()
    shown = ada.get(f"{HOME}holidays/2027/").content.decode()
    assert "Christmas Eve, Christmas Day (observed) fall together on Fri 24 Dec 2027" in shown
    assert "the holiday itself is Sat 1 Jan 2028" in shown

    added = ada.post(f"{HOME}holidays/2028/", {"seen": mark()})
    gap = ada.post(f"{HOME}holidays/2031/", {"seen": mark()})

    assert (added.status_code, gap.status_code) == (302, 409)
    assert Closure.objects.filter(calendar=response(), on__year=2028).count() == 12


def test_throwing_changes_away_is_refused_to_whoever_did_not_see_them(ada: Client) -> None:
    ada.post(f"{HOME}days/2026-11-24/add/", storm())
    ada.post(f"{HOME}discard/", {"seen": "of yesterday"})
    assert Closure.objects.filter(name="Storm").exists()

    ada.post(f"{HOME}discard/", {"seen": mark()})
    assert not Closure.objects.filter(name="Storm").exists()


def test_human_resources_reads_and_edits_nothing(cast: Cast, client: Client) -> None:
    client.force_login(login_of(cast.hana))

    page = client.get(f"{HOME}?year=2027").content.decode()

    assert "/days/" not in page
    assert "Holidays of 2027" not in page
    assert client.post(f"{HOME}days/2026-11-24/add/", storm()).status_code == 403
    assert not Closure.objects.filter(name="Storm").exists()


def test_the_preview_asks_as_little_for_many_as_for_few(
    cast: Cast, ada: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ada.post(f"{HOME}days/2026-11-24/add/", storm())
    for _ in range(20):
        start_clock_row(ServiceRequestFactory.create(department=cast.streets), due_at=TUESDAY_EVENING)
    assert ServiceRequest.objects.count() == 20

    with django_assert_max_num_queries(20):
        page = ada.get(f"{HOME}confirm/").content.decode()

    assert "20 open answer-by dates move later." in page
