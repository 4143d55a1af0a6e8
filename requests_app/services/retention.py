"""Change how long a class of records is kept, with evidence of it."""

from datetime import datetime

from django.db import transaction

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.retention import LONGEST_YEARS, RetentionCode
from requests_app.domain.vocabulary import Role
from requests_app.models import RetentionPeriod
from requests_app.selectors.access import Actor
from requests_app.selectors.retention import current_retentions
from requests_app.services.events import record_audit


@transaction.atomic
def change_retention(*, code: RetentionCode, years: int, citation: str, actor: Actor, at: datetime) -> None:
    """Set the years of a class; setting what is so already leaves no trace.

    Raises ActionRefused for fewer years than the law asks for this class.
    """
    if not actor.holds(Role.RECORDS_CLERK):
        raise ActionRefused(Refusal.ROLE)
    before = current_retentions()[code]
    if not before.least_years <= years <= LONGEST_YEARS:
        raise ActionRefused(Refusal.RETENTION_TOO_SHORT, least=str(before.least_years))
    if (before.years, before.citation) == (years, citation):
        return
    row, _ = RetentionPeriod.objects.update_or_create(
        code=code.value,
        defaults={"years": years, "citation": citation, "changed_at": at, "changed_by": actor.employee},
    )
    record_audit("retention_changed", row, actor=actor, at=at, fields={"years": years, "citation": citation})
