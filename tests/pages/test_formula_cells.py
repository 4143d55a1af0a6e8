"""No file of rows holds a cell that a spreadsheet would run (RELIABILITY 12, B10)."""

import csv
import io
from datetime import datetime

from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.pages.access import BY_NUMBER, expected, parts_of
from tests.pages.conftest import SignIn
from tests.pages.scene import crowded_city

_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")


def csv_files(client: Client) -> dict[str, str]:
    """Ask every address that takes a GET for a file of rows; give those that answer with one."""
    found = {}
    for name, rows in expected().items():
        if rows["GET"]["hana"] != 200 or name in BY_NUMBER:
            continue
        for query in ("", "?format=csv"):
            answer = client.get(reverse(name, kwargs=parts_of(name, "")) + query)
            content = b"".join(answer)
            if answer.headers["Content-Type"].startswith("text/csv"):
                found[name + query] = content.decode("utf-8-sig")
    return found


def test_no_cell_of_any_file_is_a_formula(cast: Cast, noon: datetime, sign_in: SignIn) -> None:
    crowded_city(cast, now=noon)  # with "=HYPERLINK(0)" for a name and '=cmd|"/c calc"!A1' for a title

    files = csv_files(sign_in(cast.hana))

    cells = {name: [cell for row in csv.reader(io.StringIO(text)) for cell in row] for name, text in files.items()}
    lists = {
        f"{name}?format=csv"
        for name in (
            "request_list",
            "queue",
            "overdue",
            "compliance_clocks",
            "complaint_register",
            "complaint_register_rows",
        )
    }
    assert {*lists, "compliance_csv"} <= set(cells)
    assert any("=HYPERLINK(0)" in cell for cell in cells["request_list?format=csv"])
    assert {name: bad for name, row in cells.items() if (bad := [cell for cell in row if is_formula(cell)])} == {}


def is_formula(cell: str) -> bool:
    return cell.startswith(_RUN_BY_SPREADSHEETS) and not cell.lstrip("+-").replace(".", "", 1).isdigit()
