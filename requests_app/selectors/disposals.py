"""Disposal lists: which wait for whom, and what a certificate says."""

from collections import Counter

from django.db.models import Count, Q, QuerySet

from requests_app.domain.disposal import DisposalState, DisposalStep, way_of
from requests_app.domain.retention import RetentionCode
from requests_app.domain.vocabulary import Role
from requests_app.models import DisposalItem, DisposalList
from requests_app.selectors.access import Actor

_CITY_WIDE = (Role.RECORDS_CLERK, Role.HR, Role.ATTORNEY, Role.CITY_MANAGER)
READERS = (*_CITY_WIDE, Role.DEPARTMENT_HEAD)


def disposals_visible_to(actor: Actor) -> QuerySet[DisposalList]:
    """Give the lists an actor may read: all, or of a department head the own; they hold numbers and dates only."""
    rows = DisposalList.objects.select_related(
        "department", "proposed_by", "approved_by", "consented_by", "resolved_by", "withdrawn_by"
    ).annotate(n=Count("items"), destroyed_n=Count("items", filter=Q(items__destroyed_at__isnull=False)))
    if actor.holds(*_CITY_WIDE):
        return rows
    return rows.filter(department__in=actor.departments_as(Role.DEPARTMENT_HEAD))


def steps_offered(disposal: DisposalList, actor: Actor) -> list[DisposalStep]:
    """List what an actor may do with a list now: the buttons of its page."""
    return [step for step in DisposalStep if may_take(disposal, step, actor)]


def may_take(disposal: DisposalList, step: DisposalStep, actor: Actor) -> bool:
    """Say whether a step is possible and this actor's: the role, and no step taken before."""
    way = way_of(disposal.state, step)
    if way is None or actor.employee is None:
        return False
    if way.is_departmental and disposal.department_id not in actor.departments_as(*way.roles):
        return False
    if not actor.holds(*way.roles):
        return False
    # One person, one step: nobody consents to what they proposed. Taking one's own list back is no consent.
    return step is DisposalStep.WITHDRAW or actor.employee_id not in people_of(disposal)


def people_of(disposal: DisposalList) -> set[int]:
    """Give who took a step already."""
    steps = (disposal.proposed_by_id, disposal.approved_by_id, disposal.consented_by_id, disposal.resolved_by_id)
    return {person for person in steps if person is not None}


def is_unfinished(disposal: DisposalList) -> bool:
    """Say whether a resolved list still has something to destroy."""
    return disposal.state == DisposalState.RESOLVED.value


def certificate_counts(disposal: DisposalList, actor: Actor) -> dict[str, int]:
    """Add up what was emptied or destroyed, by table; of corrective action for Human Resources only (III.d.ii)."""
    if disposal.register == RetentionCode.CORRECTIVE_ACTION and not actor.holds(Role.HR):
        return {}
    if disposal.register:
        return dict(sorted(disposal.counts.items()))
    total: Counter[str] = Counter()
    for counts in DisposalItem.objects.filter(disposal=disposal).values_list("counts", flat=True):
        total.update(counts)
    return dict(sorted(total.items()))
