"""What the front desk learns of a restricted request by its exact number: that it came, and who deals with it."""

from dataclasses import dataclass

from requests_app.domain.vocabulary import Confidentiality, Role
from requests_app.models import Department
from requests_app.selectors.access import Actor
from requests_app.selectors.directory import HUMAN_RESOURCES, POLICE
from requests_app.selectors.visibility import requests_stubbed_for


@dataclass(frozen=True, slots=True)
class Stub:
    """All that may be said of it (DOMAIN 4); `request_id` is for the service, never for the page."""

    request_id: int
    number: str
    department: Department
    is_police: bool
    takes_messages: bool


def stub_of(actor: Actor, number: str) -> Stub | None:
    """Give the stub of the request with exactly this number, if this actor is one who gets it (two queries)."""
    if not actor.holds(Role.FRONT_DESK, Role.CITY_MANAGER):
        return None
    found = requests_stubbed_for(actor).filter(number=number).values_list("pk", "confidentiality").first()
    if found is None:
        return None
    request_id, confidentiality = found
    is_police = confidentiality == Confidentiality.POLICE_STUB
    department = Department.objects.get(slug=POLICE if is_police else HUMAN_RESOURCES)
    return Stub(
        request_id, number, department, is_police, takes_messages=actor.holds(Role.FRONT_DESK) and not is_police
    )
