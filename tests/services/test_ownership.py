"""What nobody took goes to the supervisor."""

from datetime import timedelta

import pytest

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import Channel
from requests_app.models import Employee, Event, Notice, ServiceRequest
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import ContactEntry
from requests_app.services.ownership import pass_unowned_requests
from requests_app.services.requests import log_request
from tests.cast import Cast, actor
from tests.factories import NOW, CategoryFactory, concern

# Logged Mon 2:10 pm: two hours and fifty minutes are left today, the fourth hour ends Tue 9:10 am.
TIME_IS_UP = NOW + timedelta(hours=19)


@pytest.fixture
def unowned(cast: Cast) -> ServiceRequest:
    category = CategoryFactory.create(department=cast.streets)
    entry = ContactEntry(
        channel=Channel.PHONE, title="Lamp out", received_at=NOW, category_id=category.pk,
        customer=CustomerEntry(name="A Resident", phone="510-555-0199"),
    )  # fmt: skip
    return log_request(entry, actor=actor(cast.fay), at=NOW)


def test_after_four_business_hours_it_goes_to_the_supervisor(unowned: ServiceRequest, cast: Cast) -> None:
    assert pass_unowned_requests(now=TIME_IS_UP - timedelta(seconds=1)) == 0
    assert pass_unowned_requests(now=TIME_IS_UP) == 1
    unowned.refresh_from_db()
    assert unowned.owner == cast.sam
    assert unowned.unowned_until_at is None
    assert Event.objects.filter(service_request=unowned, kind=EventKind.UNOWNED, text=cast.sam.name).exists()
    notice = Notice.objects.get(recipient=cast.sam)
    assert notice.mail is not None
    assert notice.mail.subject == f"Nobody took a request; it is yours now: {unowned.number}"


def test_it_goes_there_once(unowned: ServiceRequest) -> None:
    assert [pass_unowned_requests(now=TIME_IS_UP) for _ in range(3)] == [1, 0, 0]
    assert Notice.objects.count() == 1


def test_what_somebody_took_stays_with_them(unowned: ServiceRequest, cast: Cast) -> None:
    ServiceRequest.objects.filter(pk=unowned.pk).update(owner=cast.alice)
    assert pass_unowned_requests(now=TIME_IS_UP) == 0


def test_a_supervisor_it_is_about_never_gets_it_and_it_goes_further_up(unowned: ServiceRequest, cast: Cast) -> None:
    concern(unowned, cast.sam)
    assert pass_unowned_requests(now=TIME_IS_UP) == 1
    unowned.refresh_from_db()
    assert unowned.owner == cast.dora


def test_what_is_about_human_resources_and_the_city_manager_goes_to_nobody_inside(
    unowned: ServiceRequest, cast: Cast
) -> None:
    concern(unowned, cast.hana)
    concern(unowned, cast.max)
    assert pass_unowned_requests(now=TIME_IS_UP) == 0


def test_without_a_supervisor_it_waits_for_one(unowned: ServiceRequest, cast: Cast) -> None:
    Employee.objects.filter(pk=cast.sam.pk).update(is_active=False)
    assert pass_unowned_requests(now=TIME_IS_UP) == 0
    Employee.objects.filter(pk=cast.sam.pk).update(is_active=True)
    assert pass_unowned_requests(now=TIME_IS_UP + timedelta(hours=1)) == 1


def test_a_report_of_improper_activity_goes_to_human_resources_and_to_no_supervisor(
    unowned: ServiceRequest, cast: Cast
) -> None:
    ServiceRequest.objects.filter(pk=unowned.pk).update(confidentiality="improper_activity")
    assert pass_unowned_requests(now=TIME_IS_UP) == 1
    unowned.refresh_from_db()
    assert unowned.owner == cast.hana
