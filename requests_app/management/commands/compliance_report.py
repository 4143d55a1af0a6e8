"""Write the compliance report as JSON or CSV."""

import csv
import json
from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from requests_app.domain.csv_cells import guarded
from requests_app.domain.periods import Period
from requests_app.domain.vocabulary import RequestKind
from requests_app.models import Department
from requests_app.selectors.reports.compliance import CLOCK_COLUMNS, compliance_report
from requests_app.selectors.reports.scope import ReportQuery, department_with_divisions, whole_city

_YEARS = range(1970, 2101)


class Command(BaseCommand):
    help = (
        "Write the compliance report of a period of local dates, both included. It counts every matter, confidential "
        "ones too: hand the result on with care."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="from_on", required=True, type=_date, metavar="DATE")
        parser.add_argument("--to", dest="to_on", required=True, type=_date, metavar="DATE")
        parser.add_argument(
            "--as-of", type=_instant, metavar="INSTANT", help="as known then; without an offset it is the city's time"
        )
        parser.add_argument("--department", default="", metavar="SLUG", help="with its divisions")
        parser.add_argument("--kind", default="", choices=sorted(kind.value for kind in RequestKind))
        parser.add_argument("--format", choices=["json", "csv"], default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        report = compliance_report(whole_city(), _query(options, now=timezone.now()))
        if options["format"] == "json":
            self.stdout.write(json.dumps(report, indent=2, ensure_ascii=False))
            return
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(CLOCK_COLUMNS)
        writer.writerows([guarded(value) for value in row.values()] for row in report["clocks"])


def _query(options: dict[str, Any], *, now: datetime) -> ReportQuery:
    if options["from_on"] > options["to_on"]:
        raise CommandError("--from is after --to.")
    department_ids = None
    if options["department"]:
        try:
            department_ids = department_with_divisions(options["department"])
        except Department.DoesNotExist:
            raise CommandError(f"There is no department {options['department']!r}.") from None
    return ReportQuery(
        period=Period(options["from_on"], options["to_on"]),
        as_of=options["as_of"] or now,
        is_past=options["as_of"] is not None,
        department_ids=department_ids,
        kind=options["kind"],
    )


def _date(text: str) -> date:
    on = date.fromisoformat(text)
    if on.year not in _YEARS:
        raise ValueError(text)
    return on


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else timezone.make_aware(at)
