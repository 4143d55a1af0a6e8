"""The demo data: its profile, and its picture at the end."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.db.models import Count, F, Max, Q
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from requests_app.demo import profile
from requests_app.demo.logins import DEMO_LOGINS, DEMO_PASSWORD
from requests_app.domain.search_text import build_search_text
from requests_app.domain.tracking_numbers import normalise_tracking_number
from requests_app.domain.vocabulary import Confidentiality, Involvement, Role, Status, Verdict
from requests_app.domain.work_patterns import describe_work_pattern, parse_work_pattern
from requests_app.models import (
    ClockRevision,
    ContactPoint,
    Customer,
    Department,
    Employee,
    Event,
    Excusal,
    Interaction,
    OutgoingMail,
    RequestSubject,
    ResponseClock,
    RoleAssignment,
    ServiceRequest,
)
from requests_app.models.clocks import FACT_FIELDS
from requests_app.selectors.access import actor_for_employee
from requests_app.selectors.visibility import requests_visible_to
from tests.demo.years import seeded_year

UNTIL_AT = datetime(2026, 11, 19, 0, 0, tzinfo=UTC)  # Wed 18 Nov, 4 pm in Pinole
REQUESTS = 2400
WAITED = Q(milestone="response", is_answered_on_the_spot=False)


@pytest.fixture(scope="module")
def _year(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with seeded_year(REQUESTS, django_db_blocker, until_at=UNTIL_AT):
        yield


pytestmark = pytest.mark.usefixtures("_year", "db")


def _shares(field: str) -> dict[str, float]:
    counts = Counter(ServiceRequest.objects.values_list(field, flat=True))
    return {str(name): 100 * count / REQUESTS for name, count in counts.items()}


def test_there_are_as_many_requests_as_asked_for() -> None:
    assert ServiceRequest.objects.count() == REQUESTS


@pytest.mark.parametrize(
    ("field", "shares"),
    [
        ("channel", {channel.value: share for channel, share in profile.CHANNEL_SHARES.items()}),
        (
            "kind",
            {"question": 58.75, "service": 36, "complaint": 1.25, "compliment": 1, "records": 2.5, "suggestion": 0.5},
        ),
        ("language", dict(profile.LANGUAGE_SHARES)),
        ("category__slug", dict(profile.SUBJECT_SHARES)),
    ],
)
def test_the_shares_are_those_of_the_profile(field: str, shares: dict[str, float]) -> None:
    found = _shares(field)
    assert set(found) == {name for name, share in shares.items() if share * REQUESTS >= 100} | set(found)
    for name, share in shares.items():
        assert found.get(name, 0) == pytest.approx(share, abs=0.5), name


def test_who_asks_follows_the_profile() -> None:
    anonymous = ServiceRequest.objects.filter(customer=None, is_from_colleague=False).count()
    colleagues = ServiceRequest.objects.filter(is_from_colleague=True).count()
    assert 100 * anonymous / REQUESTS == pytest.approx(8, abs=0.3)
    assert 100 * colleagues / REQUESTS == pytest.approx(2.5, abs=0.3)


def test_about_eleven_of_twenty_four_contacts_need_follow_up() -> None:
    assert ResponseClock.objects.filter(WAITED).count() / REQUESTS == pytest.approx(11 / 24, abs=0.04)


def test_lateness_excuses_and_silence_follow_the_profile() -> None:
    waited = ResponseClock.objects.filter(WAITED)
    excused = set(Excusal.objects.values_list("clock_id", flat=True))
    late = [pk for pk in waited.filter(verdict=Verdict.LATE).values_list("pk", flat=True) if pk not in excused]
    assert 0.06 <= len(late) / waited.count() <= 0.11
    assert 0.015 <= len(excused) / waited.count() <= 0.045
    silent = waited.filter(Q(verdict=Verdict.CANCELLED) | Q(verdict=Verdict.OPEN, due_at__lt=UNTIL_AT))
    assert 0.01 <= silent.count() / waited.count() <= 0.05


def test_response_times_have_their_medians() -> None:
    for channels, hours in ((["phone", "voicemail"], 2.5), (["email"], 6)):
        counted = ResponseClock.objects.filter(WAITED, channel__in=channels)
        minutes = sorted(spent for spent in counted.values_list("business_minutes", flat=True) if spent is not None)
        assert minutes[len(minutes) // 2] / 60 == pytest.approx(hours, rel=0.25)


def test_one_storm_day_has_eight_to_ten_times_the_mean() -> None:
    days = Counter(timezone.localdate(at) for at in ServiceRequest.objects.values_list("received_at", flat=True))
    (_, storm), *_rest = days.most_common(1)
    business_days = 250
    assert 7.5 <= storm / (REQUESTS / business_days) <= 10


def test_mondays_are_busy_and_weekends_quiet() -> None:
    days = Counter(
        timezone.localdate(at).weekday() for at in ServiceRequest.objects.values_list("received_at", flat=True)
    )
    assert days[0] > 1.8 * days[4]
    assert days[5] + days[6] < 0.05 * REQUESTS


def test_a_closed_counter_has_no_visitors_and_a_closed_city_answers_no_phone() -> None:
    for channel, at in ServiceRequest.objects.values_list("channel", "received_at"):
        local = timezone.localtime(at)
        minute = local.hour * 60 + local.minute
        if channel == "counter":
            assert local.weekday() < 4
            assert 8 * 60 <= minute < 16 * 60 + 30
        if channel == "phone":
            assert local.weekday() < 5
            assert 8 * 60 <= minute < 17 * 60


def test_nothing_happens_after_the_end() -> None:
    latest = [
        ServiceRequest.objects.aggregate(at=Max("recorded_at"))["at"],
        Interaction.objects.aggregate(at=Max("recorded_at"))["at"],
        Event.objects.aggregate(at=Max("at"))["at"],
        ClockRevision.objects.aggregate(at=Max("recorded_at"))["at"],
        Excusal.objects.aggregate(at=Max("decided_at"))["at"],
    ]
    assert max(latest) <= UNTIL_AT


def test_the_end_has_something_to_do_for_everybody() -> None:
    waiting = ResponseClock.objects.filter(verdict=Verdict.OPEN)
    closes_at = datetime(2026, 11, 19, 1, 0, tzinfo=UTC)
    assert 1 <= waiting.filter(due_at__lt=UNTIL_AT).count() <= 15
    assert waiting.filter(due_at__gte=UNTIL_AT, due_at__lte=closes_at).exists()
    unowned = ServiceRequest.objects.filter(owner=None).exclude(status=Status.CLOSED)
    assert unowned.count() == pytest.approx(profile.QUEUE_AT_END * REQUESTS / profile.DEFAULT_REQUESTS, abs=5)
    midnight = timezone.localtime(UNTIL_AT).replace(hour=0)
    front_desk = Employee.objects.get(email="frontdesk@pinole.example")
    assert ServiceRequest.objects.filter(recorded_by=front_desk, recorded_at__gte=midnight).exists()
    staff = Employee.objects.get(email="staff@pinole.example")
    assert ServiceRequest.objects.filter(owner=staff).exclude(status=Status.CLOSED).exists()


def test_no_reminder_of_the_past_is_left_to_send() -> None:
    assert not ResponseClock.objects.filter(next_stage_at__lte=UNTIL_AT).exists()
    assert not ServiceRequest.objects.filter(unowned_until_at__lte=UNTIL_AT).exists()
    unowned = ServiceRequest.objects.filter(owner=None).exclude(status=Status.CLOSED)
    assert not unowned.filter(unowned_until_at=None).exists()
    assert ResponseClock.objects.filter(verdict=Verdict.OPEN, next_stage_at__gt=UNTIL_AT).exists()


def test_what_is_overdue_was_reminded_of_and_its_mails_count_as_sent() -> None:
    overdue = ResponseClock.objects.filter(verdict=Verdict.OPEN, stopped_by__isnull=True, due_at__lt=UNTIL_AT)
    assert overdue.exists()
    for clock in overdue:
        assert clock.firings.exists()
        assert clock.notices.exists()
    assert not OutgoingMail.objects.filter(next_attempt_at__lte=UNTIL_AT).exclude(status="sent").exists()


def test_every_clock_is_told_by_its_revisions() -> None:
    latest = {revision.clock_id: revision for revision in ClockRevision.objects.order_by("clock", "number")}
    traced = set(ClockRevision.objects.filter(number=1).exclude(trace=[]).values_list("clock_id", flat=True))
    for clock in ResponseClock.objects.all():
        revision = latest[clock.pk]
        assert {name: getattr(revision, name) for name in FACT_FIELDS if name not in {"standard", "department"}} == {
            name: getattr(clock, name) for name in FACT_FIELDS if name not in {"standard", "department"}
        }
        assert clock.pk in traced
    numbers = ClockRevision.objects.values("clock").annotate(count=Count("pk"), top=Max("number"))
    assert not numbers.exclude(count=F("top")).exists()


def test_lists_repeat_the_earliest_date_still_owed() -> None:
    for service_request in ServiceRequest.objects.prefetch_related("clocks"):
        owed = [clock.due_at for clock in service_request.clocks.all() if clock.verdict == Verdict.OPEN]
        assert service_request.answer_by_at == min((due_at for due_at in owed if due_at), default=None)


def test_a_closed_request_owes_nothing() -> None:
    assert not ResponseClock.objects.filter(service_request__status=Status.CLOSED, verdict=Verdict.OPEN).exists()


def test_requests_are_found_by_number_name_and_phone() -> None:
    service_request = ServiceRequest.objects.filter(customer__contact_points__kind="phone").first()
    assert service_request is not None
    assert service_request.customer is not None
    assert normalise_tracking_number(service_request.number) == service_request.number
    assert service_request.search_text == build_search_text(
        number=service_request.number,
        title=service_request.title,
        customer_name=service_request.customer.name,
        place=service_request.place,
        contact_values=[point.value for point in service_request.customer.contact_points.all()],
    )


def test_everybody_has_a_place_and_every_department_a_head_and_a_supervisor() -> None:
    assert Employee.objects.filter(user__isnull=False).count() == 110
    assert Employee.objects.filter(user__isnull=True).count() == 4
    assert not Employee.objects.filter(user__isnull=False, role_assignments=None).exists()
    for department in Department.objects.filter(parent__slug="city-of-pinole"):
        below = [department.pk, *department.divisions.values_list("pk", flat=True)]
        roles = set(RoleAssignment.objects.filter(department__in=below).values_list("role", flat=True))
        assert {Role.DEPARTMENT_HEAD.value, Role.SUPERVISOR.value} <= roles, department
    assert not Department.objects.get(slug="community-tv").requests.exists()


def test_the_demo_logins_can_sign_in() -> None:
    for _, email in DEMO_LOGINS:
        employee = Employee.objects.get(email=email)
        assert employee.user is not None
        assert employee.user.check_password(DEMO_PASSWORD)
        assert EmailAddress.objects.filter(user=employee.user, email=email, verified=True, primary=True).exists()
    roles = RoleAssignment.objects.filter(employee__email="admin@pinole.example").values_list("role", flat=True)
    assert list(roles) == [Role.ADMINISTRATOR]


def test_a_supervisor_is_the_subject_of_a_complaint_and_cannot_see_it() -> None:
    supervisor = Employee.objects.get(email="supervisor@pinole.example")
    subject = RequestSubject.objects.get(employee=supervisor, involvement=Involvement.CONCERNED)
    assert subject.service_request.confidentiality == Confidentiality.CONFIDENTIAL
    assert subject.service_request.department == supervisor.department
    assert not requests_visible_to(actor_for_employee(supervisor)).filter(pk=subject.service_request_id).exists()
    hr = Employee.objects.get(email="hr@pinole.example")
    assert requests_visible_to(actor_for_employee(hr)).filter(pk=subject.service_request_id).exists()


def test_nobody_owns_a_matter_they_are_the_subject_of() -> None:
    assert not RequestSubject.objects.filter(service_request__owner=F("employee"), involvement="concerned").exists()


def test_names_and_phones_are_as_varied_as_in_life() -> None:
    names = set(Customer.objects.values_list("name", flat=True))
    assert max(map(len, names)) == 60
    assert any("'" in name for name in names)
    assert any("ñ" in name for name in names)
    assert any(" " not in name for name in names)
    assert ContactPoint.objects.exclude(extension="").exists()
    assert not ContactPoint.objects.filter(kind="phone").exclude(value__regex=r"^\+1\d{3}55501\d\d$").exists()
    assert Interaction.objects.filter(text__contains="您好").exists()


def test_the_course_of_matters_is_varied() -> None:
    assert ResponseClock.objects.filter(milestone="promised_answer", verdict=Verdict.MET).exists()
    assert ResponseClock.objects.filter(is_recorded_late=True).exists()
    assert ResponseClock.objects.filter(calling_again_count__gt=0).exists()
    assert ServiceRequest.objects.filter(reopened_count__gt=0).exists()
    assert ServiceRequest.objects.filter(send_back_count__gt=0).exists()
    assert ServiceRequest.objects.filter(merged_into__isnull=False).exists()
    assert ResponseClock.objects.filter(verdict=Verdict.MERGED, merged_into__isnull=False).exists()
    assert ServiceRequest.objects.filter(is_hazard=True).exists()


def test_some_people_have_alternates_and_a_work_pattern() -> None:
    patterns = {
        describe_work_pattern(found)
        for row in Employee.objects.all()
        if (found := parse_work_pattern(row.work_pattern))
    }
    assert "Mon–Thu 7:00–17:30" in patterns
    assert any("every other Friday off" in words for words in patterns)
    assert any("until 31 Aug 2026" in words for words in patterns)
    assert Employee.objects.filter(alternates__person__isnull=False).distinct().count() > 50
    assert not Employee.objects.filter(alternates__person__is_active=False).exists()
