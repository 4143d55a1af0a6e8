"""Fill a database of its own with N demo requests, then time the pages people use all day.

Times are of one process without a network. Machines differ and are noisy: read the ratios to the bare page.
"""

from __future__ import annotations

import logging
import os
import statistics
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING
from uuid import uuid4

from tests.bench.evidence import print_cost_of_evidence

if TYPE_CHECKING:  # Django can be set up only once the database is chosen
    from collections.abc import Callable

    from django.test import Client

ROUNDS = 40
VAR = Path(__file__).resolve().parents[2] / "var" / "bench"


def main(n: int) -> None:
    """Print one line for each page: p50, p95 and the ratio to a bare signed-in page."""
    VAR.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{VAR / f'{n}.sqlite3'}")
    os.environ.setdefault("PINOLE_EMBEDDED", "1")
    os.environ["DJANGO_SETTINGS_MODULE"] = "pinole_service.settings"
    import django

    django.setup()
    logging.disable(logging.INFO)
    _fill(n)
    times = {name: _times(act) for name, act in _pages().items()}
    bare = statistics.median(times["bare page: sign-out"])
    print(f"{n} requests, {ROUNDS} rounds")
    print(f"{'page':<42}{'p50 ms':>9}{'p95 ms':>9}{'ratio':>8}")
    for name, found in times.items():
        p50, p95 = statistics.median(found), statistics.quantiles(found, n=20)[-1]
        print(f"{name:<42}{p50:>9.1f}{p95:>9.1f}{p50 / bare:>8.1f}")
    print_cost_of_evidence()


def _fill(n: int) -> None:
    from django.core.management import call_command

    from requests_app.models import ServiceRequest

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if not ServiceRequest.objects.exists():
        started = perf_counter()
        call_command("seed_demo", requests=n, seed=1)
        print(f"seeded {n} requests in {perf_counter() - started:.1f} s")


def _pages() -> dict[str, Callable[[], object]]:
    from django.test import Client

    desk, supervisor, hr = (_signed_in(Client(SERVER_NAME="localhost"), login) for login in LOGINS)
    return {
        "bare page: sign-out": lambda: _get(desk, "/accounts/logout/"),
        "log form": lambda: _get(desk, "/log/"),
        "save a contact": lambda: _save(desk),
        "my work": lambda: _get(desk, "/"),
        "queue": lambda: _get(supervisor, "/queue/"),
        "overdue": lambda: _get(supervisor, "/overdue/"),
        "all requests": lambda: _get(desk, "/requests/"),
        "search by name": lambda: _get(desk, "/requests/?q=munoz"),
        "compliance, year to date": lambda: _get(hr, "/compliance/?period=year_to_date"),
        "contacts, year to date": lambda: _get(hr, "/compliance/load/?period=year_to_date"),
        "handling, year to date": lambda: _get(hr, "/compliance/handling/?period=year_to_date"),
    }


LOGINS = ("frontdesk@pinole.example", "supervisor@pinole.example", "hr@pinole.example")


def _signed_in(client: Client, login: str) -> Client:
    from django.contrib.auth.models import User

    client.force_login(User.objects.get(email=login))
    return client


def _get(client: Client, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")
    getattr(answer, "content", b"")


def _save(client: Client) -> None:
    data = {"channel": "phone", "title": "Asks about a permit", "who": "510 555 0142", "submission_key": str(uuid4())}
    answer = client.post("/log/", data)
    if answer.status_code != 302:
        raise SystemExit(f"saving answered {answer.status_code}: {answer.content.decode()[:2000]}")


def _times(act: Callable[[], object]) -> list[float]:
    for _ in range(3):
        act()
    found = []
    for _ in range(ROUNDS):
        started = perf_counter()
        act()
        found.append((perf_counter() - started) * 1000)
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 6000)
