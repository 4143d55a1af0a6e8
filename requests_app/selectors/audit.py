"""The audit trail as people read it: who did what to which row, when; never what the values were."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext

from requests_app.models import AuditEntry, Employee, SweepRun
from requests_app.models.audit_words import AUDIT_ACTIONS
from requests_app.models.event_words import EVENT_KINDS
from requests_app.selectors.access import Actor
from requests_app.selectors.corrective_actions import KEPT_FROM_OTHERS, REGISTER_ACTS, hidden_evidence, may_know
from requests_app.selectors.keysets import Key, KeyKind, Segment
from requests_app.selectors.seals import chain_end, unsealed_entries

SYSTEM_CODE = "system"
VERIFICATION = "verify_audit"
_MANY = 10_000
# Jumps from one value to the next along an index, however many entries there are.
_ACTIONS = """
    WITH RECURSIVE found(name) AS (
        SELECT min(action) FROM requests_app_auditentry
        UNION ALL
        SELECT (SELECT min(action) FROM requests_app_auditentry WHERE action > found.name) FROM found
        WHERE found.name IS NOT NULL
    )
    SELECT name FROM found WHERE name IS NOT NULL
"""
_KINDS = """
    WITH RECURSIVE found(name) AS (
        SELECT min(object_kind) FROM requests_app_auditentry
        UNION ALL
        SELECT (SELECT min(object_kind) FROM requests_app_auditentry WHERE object_kind > found.name) FROM found
        WHERE found.name IS NOT NULL
    )
    SELECT name FROM found WHERE name IS NOT NULL
"""
Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class AuditFilters:
    """What narrows the trail; `person` is an id or SYSTEM_CODE, the days are local and both included."""

    person: str = ""
    action: str = ""
    object_kind: str = ""
    object_id: int | None = None
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class AuditChoices:
    """What there is to choose from."""

    people: Choices
    actions: Choices
    kinds: Choices


@dataclass(frozen=True, slots=True)
class ChainState:
    """How far the trail is sealed, and what the last verification of it found."""

    sealed: int
    sealed_at: datetime | None
    unsealed: str
    verified_at: datetime | None
    verified: int
    fault: str


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An entry as shown: of whatever it is about there is the id, of values only the names of their fields."""

    at: datetime
    actor: str
    on_behalf_of: str
    action: str
    about: str
    fields: str
    count: int
    seal: int | None


def audit_entries(filters: AuditFilters, *, reader: Actor) -> QuerySet[AuditEntry]:
    """Give the entries that the filters leave, of those that are there for a reader (III.d.ii)."""
    entries = AuditEntry.objects.select_related("actor", "on_behalf_of").exclude(hidden_evidence(reader))
    if filters.person == SYSTEM_CODE:
        entries = entries.filter(actor=None)
    elif filters.person:
        entries = entries.filter(actor=int(filters.person))
    exact = {"action": filters.action, "object_kind": filters.object_kind, "object_id": filters.object_id}
    entries = entries.filter(**{name: value for name, value in exact.items() if value not in ("", None)})
    if filters.from_on:
        entries = entries.filter(at__gte=_midnight(filters.from_on))
    if filters.to_on:
        entries = entries.filter(at__lt=_midnight(filters.to_on + timedelta(days=1)))
    return entries


def newest_first(entries: QuerySet[Any]) -> Segment:
    """Give the entries as pages are cut from them."""
    return Segment(entries, (Key("at", KeyKind.INSTANT, descending=True), Key("pk", descending=True)))


def audit_choices(reader: Actor) -> AuditChoices:
    """Read what the filters offer: everybody who ever was on the roster, and what a reader's trail has entries of."""
    is_told, people = may_know(reader), Employee.objects.order_by("name").values_list("pk", "name")
    actions = [code for code in _distinct(_ACTIONS) if is_told or not code.startswith(REGISTER_ACTS)]
    kinds = [code for code in _distinct(_KINDS) if is_told or code not in KEPT_FROM_OTHERS]
    return AuditChoices(
        people=[(SYSTEM_CODE, gettext("The system")), *((str(pk), name) for pk, name in people)],
        actions=sorted(((code, action_label(code)) for code in actions), key=lambda row: row[1]),
        kinds=sorted(((code, _kind_label(code)) for code in kinds), key=lambda row: row[1]),
    )


def chain_state() -> ChainState:
    """Say how far the trail is sealed and when it was last found whole, in three queries."""
    head = chain_end()
    run = SweepRun.objects.filter(name=VERIFICATION).first()
    waiting = unsealed_entries()[: _MANY + 1].count()
    return ChainState(
        sealed=head.sequence if head else 0,
        sealed_at=head.sealed_at if head else None,
        unsealed=f"{_MANY:,}+" if waiting > _MANY else f"{waiting:,}",
        verified_at=run.last_finished_at if run else None,
        verified=int(run.counts.get("entries", 0)) if run else 0,
        fault=run.last_error if run else "",
    )


def audit_rows(entries: Iterable[AuditEntry]) -> list[AuditRow]:
    """Put entries into words."""
    return [_row(entry) for entry in entries]


def action_label(code: str) -> str:
    """Name an action; one that an older version wrote and this one has no words for goes by its code."""
    events = {str(kind): label for kind, label in EVENT_KINDS.items()}
    return str(AUDIT_ACTIONS.get(code) or events.get(code) or capfirst(code.replace("_", " ")))


def _row(entry: AuditEntry) -> AuditRow:
    kind = _kind_label(entry.object_kind)
    return AuditRow(
        at=entry.at,
        actor=entry.actor.name if entry.actor else gettext("The system"),
        on_behalf_of=entry.on_behalf_of.name if entry.on_behalf_of else "",
        action=action_label(entry.action),
        about=f"{kind} {entry.object_id}" if entry.object_id is not None else kind,
        fields=", ".join(sorted(entry.fields)),
        count=entry.count,
        seal=entry.sequence,
    )


def _kind_label(code: str) -> str:
    return _kind_names().get(code, code)


def _kind_names() -> dict[str, str]:
    return {str(model._meta.model_name): capfirst(str(model._meta.verbose_name)) for model in apps.get_models()}


def _distinct(question: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return [name for (name,) in cursor.fetchall()]


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))
