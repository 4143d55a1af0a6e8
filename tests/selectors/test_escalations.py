"""Whoever an escalation goes to is there, may see it and did not send it; and it never goes to nobody (III.b.v.2)."""

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import CitySetting, Employee, ServiceRequest
from requests_app.selectors.escalations import next_destination
from tests.cast import Cast
from tests.escalating import name_independent_recipient, sees
from tests.factories import NOW, ServiceRequestFactory, concern

LADDER = ("sam", "dora", "max", "hana")


@dataclass(frozen=True)
class Situation:
    """Who is gone, whom it is about, who sends it, from which rung it is asked, and who may read it."""

    gone: frozenset[str]
    concerned: frozenset[str]
    sender: str
    level: int
    is_named: bool
    confidentiality: Confidentiality


SITUATIONS = st.builds(
    Situation,
    gone=st.frozensets(st.sampled_from(LADDER)),
    concerned=st.frozensets(st.sampled_from((*LADDER, "alice"))),
    sender=st.sampled_from(("alice", *LADDER)),
    level=st.integers(1, 5),
    is_named=st.booleans(),
    confidentiality=st.sampled_from(list(Confidentiality)),
)


@pytest.fixture
def pothole(cast: Cast) -> ServiceRequest:
    return ServiceRequestFactory.create(department=cast.streets, owner=cast.alice)


@given(case=SITUATIONS)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_things_stand_it_goes_to_somebody_right_and_never_to_nobody(
    cast: Cast, pothole: ServiceRequest, case: Situation
) -> None:
    found = arranged(cast, pothole, case)

    going = next_destination(found, level=case.level, excluded={getattr(cast, case.sender).pk}, now=NOW)

    assert going is not None or not case.is_named
    if going is None:
        return
    names = {person.name.split()[0].lower() for person in going.receivers}
    assert names or going.outside
    assert not names & (case.gone | case.concerned | {case.sender})
    assert all(sees(person, found) for person in going.receivers)
    assert going.level >= case.level


def arranged(cast: Cast, pothole: ServiceRequest, case: Situation) -> ServiceRequest:
    Employee.objects.update(is_active=True)
    Employee.objects.filter(pk__in=[getattr(cast, who).pk for who in case.gone]).update(is_active=False)
    pothole.subjects.all().delete()
    for who in case.concerned:
        concern(pothole, getattr(cast, who))
    CitySetting.objects.all().delete()
    if case.is_named:
        name_independent_recipient()
    ServiceRequest.objects.filter(pk=pothole.pk).update(confidentiality=case.confidentiality)
    return ServiceRequest.objects.get(pk=pothole.pk)
