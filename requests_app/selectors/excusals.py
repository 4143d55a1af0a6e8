"""Proposed excuses: which clocks an absence covers, and what waits for a decision (III.b.ii.3, III.b.ii.4)."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from requests_app.domain.absences import AbsenceKind, AbsencePeriod, known_so_far, may_excuse
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.calendars import DAY_MINUTES, BusinessCalendar
from requests_app.domain.vocabulary import Milestone, Verdict
from requests_app.models import Absence, Excusal, ExcusalProposal, ResponseClock
from requests_app.selectors.choices import current_choices
from requests_app.selectors.clocks import possibly_late
from requests_app.selectors.owners_then import ever_owned_by, owners_at
from requests_app.selectors.standards import response_calendar_version

# An absence explains what the absent person owed under the policy. Accepting an escalation is owed by its receivers,
# and the determination on a records request by law, which knows no "unless absent" (Cal. Gov. Code 7922.535).
EXCUSABLE = tuple(
    milestone.value
    for milestone in Milestone
    if milestone not in (Milestone.ESCALATION_ACCEPTED, Milestone.RECORDS_DETERMINATION)
)
_TO_EXCUSE = (Verdict.LATE.value, Verdict.OPEN.value)
_RELATED = (
    "absence__employee__department",
    "clock__service_request__department",
    "clock__department",
    "clock__stopped_by",
    "clock__standard",
)


class CoverRule:
    """The rule of what an absence covers, with the calendar and the city's choice read once."""

    def __init__(self, *, now: datetime) -> None:
        version = response_calendar_version()
        self.now = now
        self.calendar: BusinessCalendar | None = version.business_calendar() if version else None
        self.needs_whole_day = current_choices().excusal_needs_whole_due_day

    def period(self, absence: Absence) -> AbsencePeriod:
        """Give when somebody was away; one of unknown end through today."""
        if self.calendar is None:
            return absence.period
        return known_so_far(absence.period, now=self.now, calendar=self.calendar)

    def covers(self, absence: Absence, clock: ResponseClock, *, was_theirs: bool = True) -> bool:
        """Say whether an absence may excuse a clock; never without a date or a calendar that knows it."""
        if absence.removed_at is not None or clock.due_at is None or self.calendar is None:
            return False
        try:
            return may_excuse(
                self.period(absence),
                due_at=clock.due_at,
                was_theirs_at_recording=was_theirs,
                calendar=self.calendar,
                needs_whole_day=self.needs_whole_day,
            )
        except CalendarError:
            return False


def covered_clocks(absence: Absence, rule: CoverRule) -> list[ResponseClock]:
    """Give the clocks an absence may excuse that were with that person when it was recorded, excused ones left out.

    Open ones are among them: they may be proposed before they are late, and granted once they are.
    """
    if absence.kind != AbsenceKind.UNFORESEEN or rule.calendar is None:
        return []
    clocks = list(_due_meanwhile(absence, rule.period(absence), rule.calendar))
    owners = owners_at([clock.service_request for clock in clocks], absence.recorded_at)
    return [
        clock
        for clock in clocks
        if rule.covers(absence, clock, was_theirs=owners[clock.service_request_id] == absence.employee_id)
    ]


def _due_meanwhile(absence: Absence, period: AbsencePeriod, calendar: BusinessCalendar) -> QuerySet[ResponseClock]:
    first_on = calendar.local_date(period.starts_at)
    last_on = calendar.local_date(period.ends_at or period.starts_at)
    standing = Excusal.objects.filter(clock=OuterRef("pk"), revoked_at__isnull=True)
    return (
        excusable(ResponseClock.objects.all())
        .filter(
            ever_owned_by(absence.employee_id),
            due_at__gt=calendar.instant(first_on, 0),
            due_at__lte=calendar.instant(last_on, DAY_MINUTES),
            recorded_at__lte=absence.recorded_at,
            service_request__destroyed_at__isnull=True,
        )
        .exclude(Exists(standing))
        .exclude(Exists(_known_proposals(absence)))
        .select_related("service_request")
        .order_by("service_request_id", "pk")
    )


def _known_proposals(absence: Absence) -> QuerySet[ExcusalProposal]:
    """Give what was proposed of a clock and stands or was decided; only what was withdrawn is proposed again."""
    known = ExcusalProposal.objects.filter(absence=absence, clock=OuterRef("pk"))
    return known.filter(Q(withdrawn_at__isnull=True) | Q(decided_at__isnull=False))


def excusable(clocks: QuerySet[ResponseClock]) -> QuerySet[ResponseClock]:
    """Narrow clocks to those an absence may excuse: late, or open and not answered, and owed under the policy."""
    return possibly_late(clocks).filter(milestone__in=EXCUSABLE)


def proposals() -> QuerySet[ExcusalProposal]:
    """Give all proposals, with what deciding on them reads."""
    return ExcusalProposal.objects.select_related(*_RELATED)


def undecided() -> QuerySet[ExcusalProposal]:
    """Give the proposals that wait; one whose answer came in time, or is owed no more, waits for nobody."""
    waiting = proposals().filter(decided_at__isnull=True, withdrawn_at__isnull=True)
    return waiting.filter(clock__verdict__in=_TO_EXCUSE, clock__service_request__destroyed_at__isnull=True)


def settled() -> QuerySet[ExcusalProposal]:
    """Give the undecided proposals with nothing left to excuse: answered in time, merged or cancelled."""
    gone = ResponseClock.objects.exclude(verdict__in=_TO_EXCUSE)
    return ExcusalProposal.objects.filter(decided_at__isnull=True, withdrawn_at__isnull=True, clock__in=gone)
