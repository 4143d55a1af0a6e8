"""What should have happened and did not: each question gives a finding, or nothing."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from requests_app.domain.calendar_horizon import closures_run_out, year_to_confirm
from requests_app.domain.vocabulary import Confidentiality, Verdict
from requests_app.models import Calendar, CalendarVersion, LadderRung, Notice, ResponseClock, ServiceRequest, SweepRun
from requests_app.selectors.audit import VERIFICATION
from requests_app.selectors.calendar_words import long_date
from requests_app.selectors.clocks import undated_clocks
from requests_app.selectors.escalations import escalation_ids_to_climb
from requests_app.selectors.firings import clock_ids_due
from requests_app.selectors.greeting_warnings import absences_without_greeting
from requests_app.selectors.jobs import failed_jobs
from requests_app.selectors.ladder import unreadable_rungs
from requests_app.selectors.outgoing import failed_mails, unsent_mails
from requests_app.selectors.ownerless import requests_nobody_answers
from requests_app.selectors.ownership import request_ids_unowned
from requests_app.selectors.successors import requests_of_nobody_inside

_EXAMPLES = 5
_SILENT_AFTER = timedelta(minutes=15)
_STUCK_AFTER = timedelta(days=1)
_STILL_NEWS = timedelta(days=7)
_TICKS = ("sweep_clocks", "send_due_mail", "seal_audit_entries")


@dataclass(frozen=True, slots=True)
class Tick:
    """A task of the beat, and when it last finished; None for never."""

    name: str
    finished_at: datetime | None
    is_silent: bool


def ticks_heard(now: datetime) -> list[Tick]:
    """Say of every task that must not fall silent when it last finished."""
    runs = {run.name: run.last_finished_at for run in SweepRun.objects.filter(name__in=_TICKS)}
    return [_tick(name, runs.get(name), now) for name in _TICKS]


def watchdog_findings(now: datetime) -> list[str]:
    """Give a sentence for everything that needs an administrator; none on a good morning."""
    questions: tuple[Callable[[datetime], Iterable[str]], ...] = (
        _silent_ticks,
        _requests_without_clock,
        _undated,
        _stuck_stages,
        _untold,
        _unowned,
        _ownerless,
        _escalations,
        _nobody_inside,
        _greetings,
        _mails,
        _jobs,
        _calendars,
        _ladder,
        _audit_trail,
    )
    return [finding for question in questions for finding in question(now)]


def _tick(name: str, finished_at: datetime | None, now: datetime) -> Tick:
    return Tick(name, finished_at, is_silent=finished_at is None or finished_at < now - _SILENT_AFTER)


def _silent_ticks(now: datetime) -> Iterator[str]:
    runs = {run.name: run for run in SweepRun.objects.filter(name__in=_TICKS)}
    for name in _TICKS:
        run = runs.get(name)
        if run is None or run.last_finished_at is None:
            yield _("%(task)s has never finished. Is a worker running?") % {"task": name}
        elif run.last_finished_at < now - _SILENT_AFTER:
            since = timezone.localtime(run.last_finished_at).strftime("%Y-%m-%d %H:%M")
            yield _("%(task)s was last heard from at %(since)s. %(error)s") % {
                "task": name, "since": since, "error": run.last_error,
            }  # fmt: skip
        if run is not None and run.counts.get("errors"):
            yield _("%(task)s could not do %(n)d rows when it last ran; the log names them.") % {
                "task": name, "n": run.counts["errors"],
            }  # fmt: skip


def _requests_without_clock(now: datetime) -> Iterator[str]:
    lost = ServiceRequest.objects.filter(
        closed_at__isnull=True, is_imported=False, no_reply="", clocks__isnull=True, recorded_at__lt=now
    )
    yield from _about_requests(_("Open requests without an answer-by date and without a reason for it"), lost)


def _undated(now: datetime) -> Iterator[str]:
    waiting = undated_clocks().filter(recorded_at__lt=now)
    requests = ServiceRequest.objects.filter(clocks__in=waiting)
    yield from _about_requests(_("Requests that wait for a calendar reaching their answer-by date"), requests)


def _stuck_stages(now: datetime) -> Iterator[str]:
    stuck = clock_ids_due(now - _STUCK_AFTER)
    requests = ServiceRequest.objects.filter(clocks__in=stuck)
    yield from _about_requests(_("Requests with a reminder that does not go out"), requests)


def _untold(now: datetime) -> Iterator[str]:
    untold = ResponseClock.objects.filter(
        verdict=Verdict.OPEN, due_at__lt=now, firings__isnull=False, notices__isnull=True
    )
    requests = ServiceRequest.objects.filter(clocks__in=untold)
    yield from _about_requests(_("Late requests of which the city has nobody to tell"), requests)


def _unowned(now: datetime) -> Iterator[str]:
    waiting = ServiceRequest.objects.filter(pk__in=request_ids_unowned(now - _SILENT_AFTER))
    yield from _about_requests(_("Requests that belong to nobody and that no supervisor may take"), waiting)


def _ownerless(now: datetime) -> Iterator[str]:
    label = _("Answers owed by somebody who has left, is away with nobody standing in, or by nobody")
    yield from _about_requests(label, requests_nobody_answers(now - _SILENT_AFTER))


def _nobody_inside(now: datetime) -> Iterator[str]:
    label = _("Requests that nobody inside the City may decide; ask the independent recipient")
    yield from _about_requests(label, requests_of_nobody_inside())


def _escalations(now: datetime) -> Iterator[str]:
    """What the sweep could pass on to nobody any more stays with those who have it (III.b.v.2)."""
    stuck = ServiceRequest.objects.filter(escalations__in=escalation_ids_to_climb(now - _SILENT_AFTER))
    yield from _about_requests(_("Escalations nobody accepts, with nobody above. Name an independent recipient"), stuck)


def _greetings(now: datetime) -> Iterator[str]:
    """Name who is away without greeting and automatic reply: an administrator may set them (III.b.ii.5)."""
    absences = absences_without_greeting(now)
    if absences:
        names = ", ".join(absence.employee.name for absence in absences[:_EXAMPLES])
        yield _("Away without greeting and automatic reply, though due: %(n)d (%(names)s)") % {
            "n": len(absences), "names": names,
        }  # fmt: skip


def _mails(now: datetime) -> Iterator[str]:
    unsent = unsent_mails(before=now - _SILENT_AFTER).count()
    if unsent:
        yield _("Mails waiting for more than 15 minutes: %(n)d") % {"n": unsent}
    unmailed = Notice.objects.filter(mail__isnull=True, created_at__lt=now - _SILENT_AFTER).count()
    if unmailed:
        yield _("Notices without a mail: %(n)d") % {"n": unmailed}
    failed = failed_mails().filter(created_at__gte=now - _STILL_NEWS)
    for mail in failed[:_EXAMPLES]:
        yield _("A mail to %(address)s was given up: %(error)s") % {
            "address": mail.to_address, "error": mail.last_error,
        }  # fmt: skip
    more = failed.count() - _EXAMPLES
    if more > 0:
        yield _("Further mails given up: %(n)d") % {"n": more}


def _jobs(now: datetime) -> Iterator[str]:
    for job in failed_jobs(since=now - _STILL_NEWS)[:_EXAMPLES]:
        yield _("The job %(kind)s failed: %(error)s") % {"kind": job.kind, "error": job.error}


def _calendars(now: datetime) -> Iterator[str]:
    today = timezone.localdate(now)
    for calendar in Calendar.objects.order_by("slug"):
        version = CalendarVersion.objects.filter(calendar=calendar).order_by("-number").first()
        if version is None:
            yield _("%(calendar)s has never been confirmed.") % {"calendar": calendar.name}
            continue
        through = version.business_calendar().known_through
        if closures_run_out(through, today=today):
            words = {"calendar": calendar.name, "through": long_date(through), "year": year_to_confirm(through)}
            # Less than 12 months ahead.
            yield _("%(calendar)s knows its closures through %(through)s only. Confirm those of %(year)d.") % words
    if not Calendar.objects.exists():
        yield _("The city has no calendar. Run setup_city.")


def _ladder(now: datetime) -> Iterator[str]:
    if not LadderRung.objects.filter(is_active=True).exists():
        yield _("The reminder ladder is empty: nobody is reminded of anything.")
    for rung in unreadable_rungs():
        yield _("The rung %(code)s of the reminder ladder cannot be read and is passed over.") % {"code": rung.code}


def _about_requests(label: str, requests: QuerySet[ServiceRequest]) -> Iterator[str]:
    requests = requests.distinct()
    n = requests.count()
    if n:
        # An administrator has no right to content: of confidential requests not even the number.
        ordinary = requests.filter(confidentiality=Confidentiality.ORDINARY).order_by("number")
        numbers = ", ".join(ordinary.values_list("number", flat=True)[:_EXAMPLES])
        yield f"{label}: {n} ({numbers})" if numbers else f"{label}: {n}"


def _audit_trail(now: datetime) -> Iterator[str]:
    run = SweepRun.objects.filter(name=VERIFICATION).exclude(last_error="").first()
    if run is not None:
        yield _("The audit trail was found broken: %(fault)s") % {"fault": run.last_error}
