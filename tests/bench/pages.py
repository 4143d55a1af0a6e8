"""The pages that are timed, each as its usual reader asks for it, and how long they take.

One process without a network, through Django's own handler with all its middleware: read the ratios to the bare page.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from time import perf_counter
from uuid import uuid4

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.domain.periods import Month
from requests_app.models import Employee
from requests_app.selectors.access import actor_for_employee
from requests_app.services.person_rates import switch_person_rates_on

ROUNDS, FEWEST_ROUNDS, SECONDS = 40, 7, 12.0
LOGINS = ("frontdesk@pinole.example", "supervisor@pinole.example", "hr@pinole.example")
BARE = "bare page: sign-out"


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of each round, and the queries of one."""

    name: str
    times: list[float]
    queries: int

    @property
    def p50(self) -> float:
        """Give the median."""
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        """Give what 19 of 20 rounds took no longer than."""
        return statistics.quantiles(self.times, n=20)[-1]


def measure(acts: Mapping[str, Callable[[], object]]) -> list[Timing]:
    """Time each of them: 40 rounds, or as many as fit into 12 seconds but never fewer than seven."""
    return [_timing(name, act) for name, act in acts.items()]


def _timing(name: str, act: Callable[[], object]) -> Timing:
    act()
    with CaptureQueriesContext(connection) as queries:
        act()
    number = len(queries)  # now: the next request begins to count anew
    found: list[float] = []
    while len(found) < ROUNDS and (len(found) < FEWEST_ROUNDS or sum(found) < SECONDS * 1000):
        started = perf_counter()
        act()
        found.append((perf_counter() - started) * 1000)
    return Timing(name, found, number)


def everyday_pages() -> dict[str, Callable[[], object]]:
    """Give what people use all day."""
    desk, supervisor, _ = (_signed_in(login) for login in LOGINS)
    return {
        BARE: lambda: _get(desk, "/accounts/logout/"),
        "log form": lambda: _get(desk, "/log/"),
        "save a contact": lambda: _save(desk),
        "my work": lambda: _get(desk, "/"),
        "queue": lambda: _get(supervisor, "/queue/"),
        "overdue": lambda: _get(supervisor, "/overdue/"),
        "all requests": lambda: _get(desk, "/requests/"),
        "search by name": lambda: _get(desk, "/requests/?q=munoz"),
    }


def report_pages() -> dict[str, Callable[[], object]]:
    """Give the parts of the compliance report for the year to date, as Human Resources read them."""
    _, supervisor, hr = (_signed_in(login) for login in LOGINS)
    _let_rates_per_person_be_seen()
    today = timezone.localdate()
    a_month_ago = today - timedelta(days=30)
    year, whole = "?period=year_to_date", f"?from={Month.of(today).plus(-119).first_on}&to={today}"
    paths = {
        "on time, this month": "/compliance/",
        "on time, year": f"/compliance/{year}",
        "on time, year, as of a month ago": f"/compliance/{year}&as_of={a_month_ago}",
        "on time, ten years": f"/compliance/{whole}",
        "trend drawn, year": f"/compliance/trend-light-wide.svg{year}",
        "time to answer, year": f"/compliance/times/{year}",
        "contacts, year": f"/compliance/load/{year}",
        "contacts, year, as of a month ago": f"/compliance/load/{year}&as_of={a_month_ago}",
        "handling, year": f"/compliance/handling/{year}",
        "handling, year, as of a month ago": f"/compliance/handling/{year}&as_of={a_month_ago}",
        "rates per person, year": f"/compliance/people/{year}",
        "coverage of logging, year": f"/compliance/coverage/{year}",
        "excuses, year": f"/compliance/excusals/{year}",
        "scorecard, year": f"/compliance/scorecard/{year}",
        "CSV of clocks, year": f"/compliance/csv/{year}",
        "list behind the rate, year": f"/compliance/clocks/{year}&part=waited_n",
        "home of Human Resources": "/home/hr/",
    }
    pages: dict[str, Callable[[], object]] = {name: _getter(hr, path) for name, path in paths.items()}
    return pages | {"on time, year, supervisor's": _getter(supervisor, f"/compliance/{year}")}


def _getter(client: Client, path: str) -> Callable[[], object]:
    return lambda: _get(client, path)


def _signed_in(login: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email=login))
    return client


def _let_rates_per_person_be_seen() -> None:
    now = timezone.now()
    switch_person_rates_on(
        unions_notified_on=timezone.localdate(now),
        note="To be timed.",
        includes_sworn=False,
        actor=actor_for_employee(Employee.objects.get(email=LOGINS[-1])),
        at=now,
    )


def _get(client: Client, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")
    content = b"".join(answer.streaming_content if answer.streaming else [answer.content])  # type: ignore[attr-defined]
    if b"message-warning" in content:  # how the report says what of a question it left out
        raise SystemExit(f"{path} was refused: what is timed would be its error")


def _save(client: Client) -> None:
    data = {"channel": "phone", "title": "Asks about a permit", "who": "510 555 0142", "submission_key": str(uuid4())}
    answer = client.post("/log/", data)
    if answer.status_code != 302:
        raise SystemExit(f"saving answered {answer.status_code}: {answer.content.decode()[:2000]}")
