"""Whose a request was at an instant, by the story it tells."""

from datetime import datetime, timedelta

from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import Event, ServiceRequest
from requests_app.selectors.owners_then import owners_at
from requests_app.services.assignments import give_request, send_back_request, take_request
from requests_app.services.confidentiality import set_confidentiality
from requests_app.services.entries import ContactEntry
from requests_app.services.requests import log_request
from tests.cast import Cast, actor
from tests.factories import NOW, ServiceRequestFactory

HOUR = timedelta(hours=1)


def logged(cast: Cast) -> ServiceRequest:
    entry = ContactEntry(channel="phone", title="Pothole", received_at=NOW, for_employee_id=cast.alice.pk)  # type: ignore[arg-type]  # the stored code
    return log_request(entry, actor=actor(cast.fay), at=NOW)


def owner_at(found: ServiceRequest, at: datetime) -> int | None:
    found.refresh_from_db()
    return owners_at([found], at)[found.pk]


def test_each_change_of_owner_holds_from_its_instant_on(cast: Cast) -> None:
    found = logged(cast)
    give_request(
        request_id=found.pk, owner_id=cast.bob.pk, department_id=None, note="", actor=actor(cast.sam), at=NOW + HOUR
    )
    send_back_request(request_id=found.pk, reason="x", actor=actor(cast.bob), at=NOW + 2 * HOUR)
    take_request(request_id=found.pk, actor=actor(cast.fay), at=NOW + 3 * HOUR)

    assert owner_at(found, NOW - timedelta.resolution) is None
    assert owner_at(found, NOW) == cast.alice.pk
    assert owner_at(found, NOW + HOUR - timedelta.resolution) == cast.alice.pk
    assert owner_at(found, NOW + HOUR) == cast.bob.pk
    assert owner_at(found, NOW + 2 * HOUR) is None
    assert owner_at(found, NOW + 3 * HOUR) == cast.fay.pk


def test_a_matter_taken_from_its_owner_in_confidence_is_nobodys_from_then_on(cast: Cast) -> None:
    found = logged(cast)
    set_confidentiality(
        request_id=found.pk,
        level=Confidentiality.IMPROPER_ACTIVITY,
        reason="Money was taken",
        actor=actor(cast.hana),
        at=NOW + HOUR,
    )
    assert owner_at(found, NOW) == cast.alice.pk
    assert owner_at(found, NOW + HOUR) is None


def test_without_a_story_it_was_always_whose_it_is(cast: Cast) -> None:
    found = ServiceRequestFactory.create(owner=cast.bob)
    assert owner_at(found, NOW - 900 * HOUR) == cast.bob.pk
    Event.objects.create(service_request=found, kind="noted", at=NOW)
    assert owner_at(found, NOW) == cast.bob.pk


def test_many_are_one_question(cast: Cast, django_assert_num_queries: object) -> None:
    found = [logged(cast) for _number in range(4)]
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture of pytest-django
        assert set(owners_at(found, NOW).values()) == {cast.alice.pk}
