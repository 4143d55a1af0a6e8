"""Write the compliance report as JSON, CSV, or in words, with the names and definitions its page has."""

import csv
import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from requests_app.domain.csv_cells import guarded
from requests_app.domain.periods import Period
from requests_app.domain.vocabulary import RequestKind
from requests_app.models import Department
from requests_app.selectors.reports.compliance import CLOCK_COLUMNS, compliance_report
from requests_app.selectors.reports.named_figures import column_words, named_figures
from requests_app.selectors.reports.scope import ReportQuery, department_with_divisions, whole_city
from requests_app.services.mail_texts import STAFF_LANGUAGE

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
        parser.add_argument("--format", choices=["json", "csv", "text"], default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        query = _query(options, now=now)
        with translation.override(STAFF_LANGUAGE):
            if options["format"] == "text":
                self.stdout.write("\n".join(_lines(query, now=now)))
                return
            report = compliance_report(whole_city(), query)
            if options["format"] == "json":
                told = {**report, "generated_at": now.isoformat(), **column_words(query)}
                self.stdout.write(json.dumps(told, indent=2, ensure_ascii=False))
                return
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(CLOCK_COLUMNS)
        writer.writerows([guarded(value) for value in row.values()] for row in report["clocks"])


def _lines(query: ReportQuery, *, now: datetime) -> Iterator[str]:
    """Say the figures of the whole period by name, each kind of obligation for itself, then what the names mean."""
    words = column_words(query)
    meant = words["definitions"]
    yield f"Compliance report, {query.period.from_on} to {query.period.to_on}"
    yield f"As of {timezone.localtime(query.as_of).isoformat()}, generated at {timezone.localtime(now).isoformat()}"
    for named in named_figures(whole_city(), query):
        yield f"\n{named.title}, n = {named.n}"
        for column, value in named.figures.items():
            said = "no data" if value is None else str(value)
            yield f"  {column:<24} {said:>20}  {meant[words['columns']['clocks'][column]]['name']}"
    yield "\nDefinitions"
    for each in meant.values():
        clause = f" ({each['clause']})" if each["clause"] else ""
        formula = f" [{each['formula']}]" if each["formula"] else ""
        yield f"  {each['name']}{clause}: {each['meaning']}{formula}"


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
