"""A legal hold: placed and released with a reason, by whoever keeps the records."""

from datetime import datetime

import pytest

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.models import AuditEntry, Event, LegalHold
from requests_app.selectors.holds import held_requests
from requests_app.services.holds import place_hold, release_hold
from tests.cast import Cast, actor
from tests.factories import ServiceRequestFactory, concern


def test_a_hold_stands_until_it_is_released_with_a_reason(cast: Cast, now: datetime) -> None:
    found = ServiceRequestFactory.create(department=cast.streets)
    hold = place_hold(request_ids=[found.pk], reason="Ruiz v. City", actor=actor(cast.cleo), at=now)
    assert list(held_requests()) == [found]
    assert (hold.placed_by, hold.placed_at) == (cast.cleo, now)

    release_hold(hold_id=hold.pk, reason="Settled", actor=actor(cast.cleo), at=now)
    release_hold(hold_id=hold.pk, reason="Settled again", actor=actor(cast.cleo), at=now)

    assert list(held_requests()) == []
    hold.refresh_from_db()
    assert (hold.released_by, hold.release_reason) == (cast.cleo, "Settled")
    assert list(Event.objects.filter(service_request=found).values_list("kind", "text")) == [
        ("held", "Ruiz v. City"),
        ("hold_released", "Settled"),
    ]
    assert AuditEntry.objects.filter(object_kind="legalhold").count() == 2


def test_one_hold_keeps_many_and_a_second_click_places_no_second(cast: Cast, now: datetime) -> None:
    ids = [row.pk for row in ServiceRequestFactory.create_batch(3, department=cast.streets)]
    first = place_hold(request_ids=ids, reason="Audit", actor=actor(cast.cleo), at=now)
    again = place_hold(request_ids=[*ids, ids[0]], reason="Audit", actor=actor(cast.cleo), at=now)
    assert again == first
    assert LegalHold.objects.count() == 1
    assert held_requests().count() == 3


def test_a_hold_of_nothing_and_one_by_somebody_else_are_refused(cast: Cast, now: datetime) -> None:
    found = ServiceRequestFactory.create(department=cast.streets)
    for who, ids, refusal in (
        (cast.cleo, [], Refusal.NOTHING_TO_HOLD),
        (cast.alice, [found.pk], Refusal.ROLE),
        (cast.hana, [found.pk], Refusal.ROLE),
    ):
        with pytest.raises(ActionRefused) as refused:
            place_hold(request_ids=ids, reason="Audit", actor=actor(who), at=now)
        assert refused.value.refusal is refusal


def test_who_a_request_is_about_holds_nothing(cast: Cast, now: datetime) -> None:
    found = ServiceRequestFactory.create(department=cast.streets)
    concern(found, cast.cleo)
    with pytest.raises(ActionRefused):
        place_hold(request_ids=[found.pk], reason="Audit", actor=actor(cast.cleo), at=now)
    assert not LegalHold.objects.exists()
