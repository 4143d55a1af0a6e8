"""Who reads reports, and what of: asked once for every page, file and drawing of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from requests_app.forms.reports import ReportAddress, known_at, read_report_address
from requests_app.selectors.access import Actor, actor_for
from requests_app.selectors.reports.choices import report_choices
from requests_app.selectors.reports.scope import ReportScope, may_read_reports, report_scope
from requests_app.selectors.visibility import sees_confidential


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader's look at a report."""

    actor: Actor
    scope: ReportScope
    address: ReportAddress
    now: datetime

    @property
    def leaves_out_confidential(self) -> bool:
        """Say whether confidential matters are missing from the figures."""
        return not sees_confidential(self.actor)

    @property
    def is_of_departments(self) -> bool:
        """Say whether the figures are those of the reader's own departments only."""
        return self.scope.department_ids is not None


def read_report(request: HttpRequest) -> Reading:
    """Read what is asked for. Raises PermissionDenied for a role that reads no reports."""
    actor, now = actor_for(request.user), timezone.now()
    if not may_read_reports(actor):
        raise PermissionDenied
    return reading_of(actor, report_scope(actor), request.GET.dict(), now=now)


def reading_of(actor: Actor, scope: ReportScope, asked: Mapping[str, str], *, now: datetime) -> Reading:
    """Read an address with what the city had chosen on the day it asks for."""
    choices = report_choices(scope, now=now, known_at=known_at(asked, now=now))
    return Reading(actor, scope, read_report_address(asked, choices=choices, now=now), now)
