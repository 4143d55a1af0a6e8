"""The register of corrective action: who may know of it, its lines, and its one figure (III.d.ii)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from requests_app.domain.periods import Period
from requests_app.domain.retention import RetentionCode, destroyable_on, last_closed_on
from requests_app.domain.vocabulary import Role
from requests_app.models import CorrectiveAction, CorrectiveSwitch, Employee
from requests_app.selectors.access import Actor
from requests_app.selectors.choices import current_choices
from requests_app.selectors.directory import active_employees
from requests_app.selectors.retention import current_retentions

# What the audit trail keeps of the register is for those who keep it: others do not even learn that there is something.
KEPT_FROM_OTHERS = ("correctiveaction", "correctiveswitch")
REGISTER_ACTS = "corrective_"  # what the codes of its acts begin with


@dataclass(frozen=True, slots=True)
class CorrectiveCount:
    """How many lines of a period; `number` is None where there are some, but too few to say how many."""

    number: int | None
    fewer_than: int


def may_know(actor: Actor) -> bool:
    """Say whether an actor may know of the register at all: Human Resources only."""
    return actor.employee is not None and actor.holds(Role.HR)


def corrective_switch() -> CorrectiveSwitch | None:
    """Give the last turn of the switch; None while nobody ever turned it."""
    return switch_turns().first()


def switch_turns() -> QuerySet[CorrectiveSwitch]:
    """Give every turn of the switch, the newest first."""
    return CorrectiveSwitch.objects.select_related("changed_by")


def is_register_on() -> bool:
    """Say whether the register is kept: off until it is switched on."""
    turned = corrective_switch()
    return turned is not None and turned.is_on


def corrective_actions_visible_to(actor: Actor) -> QuerySet[CorrectiveAction]:
    """Give the lines an actor reads: of Human Resources while the register is on, and never those about themselves."""
    lines = CorrectiveAction.objects.select_related("employee__department", "changed_by")
    if not may_know(actor) or not is_register_on():
        return lines.none()
    return lines.exclude(employee=actor.employee_id)


def people_for_register(actor: Actor) -> QuerySet[Employee]:
    """Give whom a line may be about: everybody at work but oneself, sworn staff only where the switch says so."""
    people = active_employees().exclude(pk=actor.employee_id or 0)
    return people if _includes_sworn() else people.filter(is_sworn=False)


def corrective_count(actor: Actor, period: Period) -> CorrectiveCount | None:
    """Count the lines of a period for the scorecard (III.d.ii): a count, with no target.

    None for everybody but Human Resources, and while the register is off. Sworn staff are left out unless the switch
    says otherwise. A small number is withheld; none is said.
    """
    counted = corrective_counts(actor, [period])
    return counted[0] if counted else None


def corrective_counts(actor: Actor, periods: Sequence[Period]) -> list[CorrectiveCount] | None:
    """Count the same in each of some periods, in their order; in as many queries as in one."""
    if not may_know(actor) or not is_register_on():
        return None
    span = Period(min(each.from_on for each in periods), max(each.to_on for each in periods))
    lines = corrective_actions_counted(actor, span)
    days, small_number = list(lines.order_by().values_list("acted_on", flat=True)), current_choices().small_number
    numbers = [sum(each.from_on <= on <= each.to_on for on in days) for each in periods]
    return [CorrectiveCount(None if 0 < number < small_number else number, small_number) for number in numbers]


def corrective_actions_counted(actor: Actor, period: Period) -> QuerySet[CorrectiveAction]:
    """Give the lines of a period that the scorecard counts, the last first: sworn staff only if the switch says so."""
    lines = corrective_actions_visible_to(actor).filter(acted_on__range=(period.from_on, period.to_on))
    lines = lines if _includes_sworn() else lines.filter(employee__is_sworn=False)
    return lines.order_by("-acted_on", "-pk")


def corrective_actions_past_their_time(actor: Actor, *, today: date) -> QuerySet[CorrectiveAction]:
    """Give the closed lines that were kept for the years of their class."""
    last_on = last_closed_on(today, years=_years_kept())
    return corrective_actions_visible_to(actor).filter(closed_on__lte=last_on)


def kept_until(line: CorrectiveAction) -> date | None:
    """Give the first day on which a closed line may go; None while it is open."""
    return destroyable_on(line.closed_on, years=_years_kept()) if line.closed_on else None


def hidden_evidence(reader: Actor) -> Q:
    """Say which entries of the audit trail are not there for a reader.

    For everybody but Human Resources all of the register's; for them those of lines about themselves.
    """
    if not may_know(reader):
        return Q(object_kind__in=KEPT_FROM_OTHERS)
    own = CorrectiveAction.objects.filter(employee=reader.employee_id).values_list("pk", flat=True)
    return Q(object_kind=KEPT_FROM_OTHERS[0], object_id__in=list(own))


def _includes_sworn() -> bool:
    turned = corrective_switch()
    return turned is not None and turned.includes_sworn


def _years_kept() -> int:
    return current_retentions()[RetentionCode.CORRECTIVE_ACTION].years
