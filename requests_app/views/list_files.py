"""A list as a file: every row its filters show, written as it is read."""

import csv
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from requests_app.domain.csv_cells import guarded
from requests_app.selectors.access import Actor
from requests_app.selectors.due_words import DueWording
from requests_app.selectors.keysets import Segment, every_row
from requests_app.selectors.list_rows import ListRow, present_rows, with_row_facts
from requests_app.selectors.lists import RequestList
from requests_app.services.exports import record_export

_CHUNK = 500
_BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet reads accents as two letters


class _Line:
    """A file of one line: what csv writes into it is given back."""

    def write(self, text: str) -> str:
        return text


def csv_response(found: RequestList, *, actor: Actor, wording: DueWording, address: str) -> StreamingHttpResponse:
    """Answer with a list as CSV, in city time; the export is recorded first."""
    numbers = found.rows.order_by().values("number")
    record_export(actor=actor, address=address, rows=found.rows.count(), at=wording.now, numbers=numbers)
    name = f"requests-{timezone.localdate(wording.now):%Y-%m-%d}.csv"
    return StreamingHttpResponse(
        _lines(found, actor=actor, wording=wording),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _lines(found: RequestList, *, actor: Actor, wording: DueWording) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield _BYTE_ORDER_MARK + writer.writerow(_headings())
    segments = [Segment(with_row_facts(part.rows, actor), part.keys) for part in found.segments]
    rows = every_row(segments, chunk_size=_CHUNK)
    while chunk := list(islice(rows, _CHUNK)):
        for row in present_rows(chunk, wording=wording):
            yield writer.writerow([guarded(cell) for cell in _cells(row)])


def _headings() -> list[str]:
    return [
        gettext("Tracking number"),
        gettext("Request"),
        gettext("Status"),
        gettext("Kind"),
        gettext("Channel"),
        gettext("Customer"),
        gettext("Category"),
        gettext("Department"),
        gettext("Owner"),
        gettext("Received"),
        gettext("Answer by, or answered"),
        gettext("Late or left"),
        gettext("Age in business hours"),
        gettext("Last touch"),
        gettext("Last touch at"),
        gettext("Closed"),
        gettext("How it ended"),
    ]


def _cells(row: ListRow) -> list[object]:
    return [
        row.number,
        row.title,
        row.status,
        row.kind,
        row.channel_label,
        row.customer,
        row.category,
        row.department,
        row.owner,
        _local(row.received_at),
        _local(row.due.at),
        row.due.words,
        row.age_hours,
        row.last_touch.words,
        _local(row.last_touch.at),
        _local(row.closed_at),
        row.ended,
    ]


def _local(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
