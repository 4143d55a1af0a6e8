"""What a cell of a file becomes, so that no spreadsheet runs it."""

from datetime import date
from decimal import Decimal

import pytest

from requests_app.domain.csv_cells import guarded


class Named:
    """A row of a table, which calls itself by what somebody typed."""

    def __str__(self) -> str:
        return "=HYPERLINK(0)"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("plain", "plain"),
        (-3, -3),
        (Decimal("-0.5"), Decimal("-0.5")),
        (None, None),
        (date(2026, 11, 23), date(2026, 11, 23)),
        (Named(), "'=HYPERLINK(0)"),
    ],
)
def test_text_and_what_calls_itself_so_is_harmless(value: object, written: object) -> None:
    assert guarded(value) == written
