"""Fill a database of its own with N requests by DOMAIN.md 5, then time the pages people use beside a bare page.

PostgreSQL at the standard local port, or at TEST_DATABASE_URL; DATABASE_URL names another, already made. Machines
differ and are noisy: read the ratios to the bare page.
"""

from __future__ import annotations

import logging
import os
import resource
import sys
from datetime import datetime, time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from tests.environment import answers, service_urls

if TYPE_CHECKING:  # Django can be set up only once the database is chosen
    from tests.bench.pages import Timing


def main(n: int) -> None:
    """Print one line for each page: p50, p95, the ratio to a bare signed-in page, and queries."""
    os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL") or _own_database(n)
    os.environ.setdefault("PINOLE_EMBEDDED", "1")
    os.environ["DJANGO_SETTINGS_MODULE"] = "pinole_service.settings"
    import django

    django.setup()
    logging.disable(logging.INFO)
    _fill(n)
    from tests.bench.evidence import print_cost_of_evidence
    from tests.bench.pages import everyday_pages, measure, report_pages

    _print(n, measure(everyday_pages() | report_pages()))
    print_cost_of_evidence()
    print(f"most memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _own_database(n: int) -> str:
    """Make a database for N requests beside the others, if it is not there yet, and give its address."""
    url = service_urls()[0]
    if not answers(url):
        raise SystemExit("Nothing answers where PostgreSQL is expected. Start it, or set TEST_DATABASE_URL.")
    name = f"pinole_bench_{n}"
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {name}")
    connection.close()
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _fill(n: int) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from requests_app.models import ServiceRequest
    from tests.bench.fill import Plan, fill

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if not ServiceRequest.objects.exists():
        now = timezone.localtime().replace(minute=0, second=0, microsecond=0)
        until_at = min(now, datetime.combine(now.date(), time(16), tzinfo=now.tzinfo))
        fill(Plan.of(n), until_at=until_at, progress=lambda text: print(text, flush=True))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")


def _print(n: int, timings: list[Timing]) -> None:
    bare = timings[0].p50
    print(f"{n:,} requests, in process, on PostgreSQL")
    print(f"{'page':<38}{'p50 ms':>9}{'p95 ms':>9}{'ratio':>8}{'queries':>9}")
    for found in timings:
        print(f"{found.name:<38}{found.p50:>9.1f}{found.p95:>9.1f}{found.p50 / bare:>8.1f}{found.queries:>9}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 6000)
