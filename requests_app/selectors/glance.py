"""What the city manager looks at first, counted; each number has its list (III.d.i)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from requests_app.domain.business_time import business_days_between
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.metrics import Tally
from requests_app.domain.periods import Month, Period
from requests_app.domain.vocabulary import Channel, Confidentiality, Milestone, RequestKind
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.escalation_lists import count_waiting
from requests_app.selectors.list_filters import ListFilters
from requests_app.selectors.reports.cells import tallies
from requests_app.selectors.reports.facts import clock_facts
from requests_app.selectors.reports.first_contact import received_requests
from requests_app.selectors.reports.scope import ReportQuery, ReportScope, report_scope
from requests_app.selectors.standards import response_calendar_version
from requests_app.selectors.visibility import requests_visible_to
from requests_app.selectors.worklists import DANGER, UNFINISHED, overdue

_MEAN_OVER = timedelta(days=28)
_PRAISED_WITHIN = timedelta(days=30)
_MOST_ITEMS = 3


@dataclass(frozen=True, slots=True)
class Glance:
    """What is late, what is dangerous, how it goes; `mean` is None where the calendar does not reach."""

    late: int
    late_of_colleagues: int
    complaints: int
    hazards: int
    hazard_rows: list[ServiceRequest]
    escalations: int
    this_month: Tally
    last_month: Tally
    logged_today: int
    mean: float | None
    compliments: int
    compliment: ServiceRequest | None
    council: int


def glance_at_city(actor: Actor, *, now: datetime) -> Glance:
    """Count everything in a constant number of queries."""
    today, scope = timezone.localdate(now), report_scope(actor)
    seen, late = requests_visible_to(actor), overdue(now)
    # By the filters of the lists behind the numbers, so that the two cannot part.
    compliment = ListFilters(kind=RequestKind.COMPLIMENT.value, received_from=praised_since(now))
    compliments = compliment.condition(actor=actor, now=now)
    counts = seen.filter(late | DANGER | compliments | Q(channel=Channel.COUNCIL)).aggregate(
        late=Count("pk", filter=late),
        late_of_colleagues=Count("pk", filter=late & Q(is_from_colleague=True)),
        complaints=Count("pk", filter=late & Q(kind=RequestKind.COMPLAINT)),
        hazards=Count("pk", filter=DANGER),
        compliments=Count("pk", filter=compliments),
        council=Count("pk", filter=UNFINISHED & Q(channel=Channel.COUNCIL)),
    )
    thanked = seen.filter(compliments, confidentiality=Confidentiality.ORDINARY).order_by("-received_at", "-pk")
    this_month, last_month = _months(scope, now)
    return Glance(
        **counts,
        hazard_rows=list(seen.filter(DANGER).order_by("-received_at", "-pk")[:_MOST_ITEMS]),
        escalations=count_waiting(actor),
        this_month=this_month,
        last_month=last_month,
        logged_today=_logged(scope, Period(today, today), now),
        mean=_mean(scope, today, now),
        compliment=thanked.first(),
    )


def praised_since(now: datetime) -> date:
    """Give the first day of which a compliment still counts as news."""
    return timezone.localdate(now - _PRAISED_WITHIN)


def _months(scope: ReportScope, now: datetime) -> tuple[Tally, Tally]:
    """Tally the first responses of this month and of the one before; one query."""
    this = Month.of(timezone.localdate(now))
    period = Period(this.plus(-1).first_on, timezone.localdate(now))
    query = ReportQuery(period=period, as_of=now, milestone=Milestone.RESPONSE.value)
    found = tallies(clock_facts(scope, query), ("month",), period=period, is_timed=False)
    return found.get((str(this),), Tally()), found.get((str(this.plus(-1)),), Tally())


def _logged(scope: ReportScope, period: Period, now: datetime) -> int:
    return received_requests(scope, ReportQuery(period=period, as_of=now)).filter(is_imported=False).count()


def _mean(scope: ReportScope, today: date, now: datetime) -> float | None:
    """Give how many contacts a business day of the four weeks before today had, in the mean."""
    version, before = response_calendar_version(), today - timedelta(days=1)
    if version is None:
        return None
    try:
        days = business_days_between(version.business_calendar(), before - _MEAN_OVER, before)
    except CalendarError:
        return None
    period = Period(before - _MEAN_OVER + timedelta(days=1), before)
    return _logged(scope, period, now) / days if days else None
