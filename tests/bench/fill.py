"""Fill an empty PostgreSQL database with N requests by DOMAIN.md 5, the same for the same N, seed and end.

Ten years of a city that logs N / 10 contacts a year, or fewer years where that would be less than Pinole's 6,000. Up
to TOLD requests are told by the code of the demo, which asks the rules for every due instant and verdict; beyond
that each is there several times. One audit entry says how many there are, as for the demo: not one for each act.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction

from requests_app.demo import profile
from requests_app.models import ServiceRequest
from requests_app.selectors.access import SYSTEM
from requests_app.services.events import record_audit
from requests_app.services.seals import seal_audit_entries
from requests_app.services.setup import set_up_city
from tests.bench.copies import multiply
from tests.bench.years import tell_years

TOLD = 20_000
MOST_YEARS = 10

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How N requests come about: told ones, copies of each, years, and sets of about 110 people."""

    told: int
    copies: int
    years: int
    staff_sets: int

    @classmethod
    def of(cls, n: int, *, told: int = TOLD) -> Plan:
        """Plan at least N requests; a few more where N is no multiple of the copies."""
        copies = -(-n // told)
        years = max(1, min(MOST_YEARS, round(n / profile.DEFAULT_REQUESTS)))
        staff_sets = min(copies, max(1, round(n / years / profile.DEFAULT_REQUESTS)))
        return cls(-(-n // copies), copies, years, staff_sets)


def fill(plan: Plan, *, until_at: datetime, seed: int = 1, progress: Progress = lambda _: None) -> None:
    """Fill the database in one transaction; progress is told with the seconds since the beginning."""
    started = monotonic()

    def say(text: str) -> None:
        progress(f"{monotonic() - started:7.1f} s  {text}")

    number = plan.told * plan.copies
    with transaction.atomic():
        set_up_city(at=until_at - timedelta(days=plan.years * profile.DAYS))
        tell_years(requests=plan.told, years=plan.years, seed=seed, until_at=until_at, progress=say)
        multiply(copies=plan.copies, staff_sets=plan.staff_sets, seed=seed, progress=say)
        record_audit("demo_seeded", ServiceRequest, actor=SYSTEM, at=until_at, count=number)
    seal_audit_entries(now=until_at)
    unfinished = ServiceRequest.objects.filter(closed_at=None)
    overdue = unfinished.filter(answer_by_at__lt=until_at)
    say(
        f"{number:,} requests over {plan.years} years: {unfinished.count() / number:.1%} open, "
        f"{overdue.count() / number:.2%} overdue"
    )
