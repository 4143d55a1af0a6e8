"""CSV files, written row by row as they are read."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse

from requests_app.domain.csv_cells import guarded

_BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet reads accents as two letters


class _Line:
    """A file of one line: what csv writes into it is given back."""

    def write(self, text: str) -> str:
        return text


def csv_file(name: str, headings: Sequence[str], rows: Iterable[Iterable[object]]) -> StreamingHttpResponse:
    """Answer with a file; cells that a spreadsheet would run as a formula are made harmless."""
    return StreamingHttpResponse(
        _lines(headings, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def csv_bytes(headings: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Give the same file as bytes."""
    return "".join(_lines(headings, rows)).encode()


def _lines(headings: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield _BYTE_ORDER_MARK + writer.writerow(headings)
    for row in rows:
        yield writer.writerow([guarded(cell) for cell in row])
