"""Amend a standard from a coming date on; what was received before keeps the version it was received under."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from requests_app.domain.deadlines import Rule
from requests_app.domain.vocabulary import Unit
from requests_app.models import ServiceStandard
from requests_app.selectors.access import Actor
from requests_app.selectors.standard_versions import StandardHistory, standard_history
from requests_app.services.edits import require_unchanged
from requests_app.services.events import record_audit


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardEntry:
    """A version as typed; the target is a share between 0 and 1."""

    number: int
    unit: Unit
    rule: Rule
    target_rate: Decimal
    effective_from: date

    @property
    def facts(self) -> dict[str, object]:
        """Give the fields of the row."""
        return {
            "number": self.number,
            "unit": self.unit.value,
            "rule": self.rule.value,
            "target_rate": self.target_rate,
            "effective_from": self.effective_from,
        }


class EffectiveTooEarly(ValueError):
    """A version from a date on which contacts have been judged already."""


class EffectiveDateTaken(ValueError):
    """Another version begins on that date."""


class InForceAlready(ValueError):
    """A version that judges contacts, or has judged some, stays."""


def proposed_version(history: StandardHistory, entry: StandardEntry) -> ServiceStandard:
    """Give the row an entry would make, not stored: its number's source is told apart from a local choice."""
    current = history.in_force
    return ServiceStandard(
        code=current.code,
        version=max(each.version for each in history.versions) + 1,
        name=current.name,
        clause=current.clause,
        milestone=current.milestone,
        channels=current.channels,
        is_for_colleagues=current.is_for_colleagues,
        calendar=current.calendar,
        source=history.source_of(entry.number, entry.unit).value,
        **entry.facts,
    )


@transaction.atomic
def add_standard_version(code: str, entry: StandardEntry, *, seen: str, actor: Actor, at: datetime) -> ServiceStandard:
    """Add a version from a coming date on (III.b.ii.3, III.b.ii.4); a second click gives back the first one's.

    Raises EffectiveTooEarly for today and before, since a contact is judged by what was in force when it came;
    EffectiveDateTaken, ChangedMeanwhile.
    """
    history = _locked(code, at=at)
    if entry.effective_from <= history.on:
        raise EffectiveTooEarly(entry.effective_from)
    taken = next((each for each in history.versions if each.effective_from == entry.effective_from), None)
    if taken and {name: getattr(taken, name) for name in entry.facts} == entry.facts:
        return taken
    require_unchanged(seen=seen, now=history.mark)
    if taken:
        raise EffectiveDateTaken(entry.effective_from)
    version = proposed_version(history, entry)
    version.save(force_insert=True)
    record_audit("standard_version_added", version, actor=actor, at=at, fields=entry.facts)
    return version


@transaction.atomic
def withdraw_standard_version(code: str, version: int, *, actor: Actor, at: datetime) -> None:
    """Take back a version that has not begun; one taken back already is no harm. Raises InForceAlready."""
    history = _locked(code, at=at)
    found = next((each for each in history.versions if each.version == version), None)
    if found is None:
        return
    if found.effective_from <= history.on:
        raise InForceAlready(version)
    fields = {"version": version, "effective_from": found.effective_from}
    record_audit("standard_version_withdrawn", found, actor=actor, at=at, fields=fields)
    found.delete()


def _locked(code: str, *, at: datetime) -> StandardHistory:
    list(ServiceStandard.objects.select_for_update().filter(code=code).values_list("pk", flat=True))
    history = standard_history(code, on=timezone.localdate(at))
    if history is None:
        raise ServiceStandard.DoesNotExist(code)
    return history
