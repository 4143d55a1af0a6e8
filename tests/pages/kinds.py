"""A request of every kind the permission table knows, each with words of its own in it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from requests_app.models import (
    Consultation,
    Department,
    Employee,
    Escalation,
    EscalationReceiver,
    RecordsLink,
    ServiceRequest,
)
from tests.cast import Cast
from tests.factories import EmployeeFactory, ServiceRequestFactory, concern, give_role, start_clock_row
from tests.kept_rows import put_back
from tests.pages.access import PEOPLE
from tests.pages.canaries import canary, plant

ABOUT_THEM = "about_them"
_COMPLAINT = {"kind": "complaint", "status": "open", "confidentiality": "confidential"}


def every_kind(cast: Cast, *, now: datetime) -> dict[str, ServiceRequest]:
    """Make one request of each kind; those about a person are named `about_them alice` and so on."""
    return put_back(f"every kind at {now}", lambda: _make_every_kind(cast, now=now))


def _make_every_kind(cast: Cast, *, now: datetime) -> dict[str, ServiceRequest]:
    nils = EmployeeFactory.create(name="Nils Neutral", department=cast.finance)
    give_role(nils, "staff", cast.finance)  # type: ignore[arg-type]  # the stored code of the role
    makers: Mapping[str, Callable[[], ServiceRequest]] = {
        "own_ordinary": lambda: _made(cast, nils, owner=cast.alice),
        "other_departments_ordinary": lambda: _made(cast, nils, department=cast.finance),
        "own_confidential": lambda: _made(cast, nils, owner=cast.alice, confidentiality="confidential"),
        "departments_confidential": lambda: _made(cast, nils, confidentiality="confidential"),
        "confidential_owned_elsewhere": lambda: _made(cast, nils, owner=cast.charlie, confidentiality="confidential"),
        "improper_activity": lambda: _made(
            cast, nils, owner=None, department=_department("human-resources"), confidentiality="improper_activity"
        ),
        "complaint_about_nils": lambda: _about(nils, _made(cast, nils, owner=None, **_COMPLAINT)),
        "improper_activity_of_nils": lambda: _about(
            nils,
            _made(
                cast,
                nils,
                owner=None,
                department=_department("human-resources"),
                kind="complaint",
                confidentiality="improper_activity",
            ),
        ),
        "police_complaint": lambda: _made(
            cast, nils, owner=None, department=_department("police"), confidentiality="police_stub"
        ),
        "closed": lambda: _made(cast, nils, status="closed", closed_at=now, disposition="done"),
        "imported": lambda: _made(cast, nils, department=None, owner=None, is_imported=True, no_reply="imported"),
        "linked_to_open_records_request": lambda: _linked(cast, nils, now, {}),
        "linked_to_closed_records": lambda: _linked(
            cast, nils, now, {"status": "closed", "closed_at": now, "disposition": "done"}
        ),
        "charlie_is_asked": lambda: _asked(cast, nils, now, cast.charlie),
        "attorney_is_invited": lambda: _asked(cast, nils, now, cast.lena, confidentiality="confidential"),
        "charlie_received_it": lambda: _escalated(cast, nils, now, cast.charlie),
        "asked_for_bob_elsewhere": lambda: _made(cast, nils, department=cast.finance, for_employee=cast.bob),
    }
    found = {kind: make() for kind, make in makers.items()}
    for who in PEOPLE[1:]:
        found[f"{ABOUT_THEM} {who}"] = _made(cast, nils)
        concern(found[f"{ABOUT_THEM} {who}"], getattr(cast, who))
    return {kind: _ready(row, kind, now=now) for kind, row in found.items()}


def key_of(kind: str, who: str) -> str:
    """Name the request a person meets of a kind: of those about somebody, the one about this person."""
    return kind if kind != ABOUT_THEM else f"{kind} {who if who != 'anonymous' else 'alice'}"


def _made(cast: Cast, nils: Employee, **facts: Any) -> ServiceRequest:
    return ServiceRequestFactory.create(**{"department": cast.streets, "owner": nils, **facts})


def _about(somebody: Employee, found: ServiceRequest) -> ServiceRequest:
    concern(found, somebody)
    return found


def _department(slug: str) -> Department:
    return Department.objects.get(slug=slug)


def _linked(cast: Cast, nils: Employee, now: datetime, ending: dict[str, Any]) -> ServiceRequest:
    found = _made(cast, nils, confidentiality="confidential")
    records = _made(cast, nils, kind="records", title="Records asked for", **ending)
    RecordsLink.objects.create(records_request=records, service_request=found, linked_by=cast.hana, at=now)
    return found


def _asked(cast: Cast, nils: Employee, now: datetime, whom: Employee, **facts: Any) -> ServiceRequest:
    found = _made(cast, nils, **facts)
    Consultation.objects.create(service_request=found, employee=whom, asked_by=cast.hana, at=now)
    return found


def _escalated(cast: Cast, nils: Employee, now: datetime, whom: Employee) -> ServiceRequest:
    found = _made(cast, nils, confidentiality="confidential")
    escalation = Escalation.objects.create(
        service_request=found,
        from_employee=cast.hana,
        to_employee=whom,
        level=1,
        reason=canary("charlie_received_it", "reason"),
        sent_at=now,
    )
    EscalationReceiver.objects.create(escalation=escalation, employee=whom)
    return found


def _ready(found: ServiceRequest, kind: str, *, now: datetime) -> ServiceRequest:
    plant(found, kind, at=now)
    if found.closed_at is not None:
        start_clock_row(found, due_at=now, verdict="met", met_at=now, verdict_recorded_at=now, next_stage_at=None)
        ServiceRequest.objects.filter(pk=found.pk).update(answer_by_at=None)
    elif not found.is_imported:
        start_clock_row(found, due_at=now + timedelta(days=1))
    return found
