"""Signatures under clauses: which stand for a period and some departments, and who may sign (III.b.ii.1)."""

from django.db.models import Q, QuerySet

from requests_app.domain.periods import Period
from requests_app.domain.vocabulary import Role
from requests_app.models import ClauseSignature

SIGNERS = (Role.HR, Role.DEPARTMENT_HEAD)


def signatures_of(clause: str, department_ids: frozenset[int] | None) -> QuerySet[ClauseSignature]:
    """Give the signatures of a clause for these departments, and those for the whole city; withdrawn ones too."""
    rows = ClauseSignature.objects.filter(clause=clause).select_related("department", "signed_by", "withdrawn_by")
    if department_ids is None:
        return rows
    return rows.filter(Q(department__isnull=True) | Q(department__in=department_ids))


def covering(rows: QuerySet[ClauseSignature], period: Period) -> QuerySet[ClauseSignature]:
    """Narrow signatures to those for any day of a period."""
    return rows.filter(from_on__lte=period.to_on, to_on__gte=period.from_on)
