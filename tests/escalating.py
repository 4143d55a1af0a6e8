"""What tests of escalations say in one line: send one, name who stands outside, read the chain."""

from collections.abc import Callable
from datetime import datetime

import pytest

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.models import CitySetting, Employee, Escalation, Notice, ServiceRequest
from requests_app.models.escalations import RUNNING
from requests_app.selectors.visibility import requests_visible_to
from requests_app.services.escalations import EscalationEntry, escalate
from tests.cast import actor

REASON = "Third time this year"
OUTSIDE = "mayor@council.example"


def send(found: ServiceRequest, who: Employee, at: datetime, **to: int) -> Escalation:
    """Escalate a request to whoever is next, or to whom is named."""
    entry = EscalationEntry(reason=REASON, **to)
    return escalate(request_id=found.pk, entry=entry, actor=actor(who), at=at)


def name_independent_recipient() -> None:
    for key, value in (("name", "Mayor of Pinole"), ("email", OUTSIDE)):
        CitySetting.objects.update_or_create(
            key=f"independent_recipient_{key}",
            defaults={"value": value, "changed_at": datetime.fromisoformat("2026-01-02T00:00Z")},
        )


def received_by(escalation: Escalation) -> list[str]:
    return [row.employee.name.split()[0] for row in escalation.receivers.order_by("employee_id")]


def chain() -> list[tuple[int, list[str]]]:
    """Give each step as its level and first names."""
    return [(step.level, received_by(step)) for step in Escalation.objects.order_by("pk")]


def running() -> Escalation:
    return Escalation.objects.get(**RUNNING)


def told(kind: str) -> list[str]:
    rows = Notice.objects.filter(kind=kind).order_by("pk").values_list("recipient__name", flat=True)
    return [name.split()[0] for name in rows]


def sees(who: Employee, found: ServiceRequest) -> bool:
    return requests_visible_to(actor(who)).filter(pk=found.pk).exists()


def refusal_of(work: Callable[[], object]) -> Refusal:
    with pytest.raises(ActionRefused) as refused:
        work()
    return refused.value.refusal
