import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.domain.csv_cells import guarded
from requests_app.domain.roster_files import MOST_BYTES, MOST_ROWS, UnusableRoster, read_roster_file
from requests_app.domain.roster_rows import COLUMNS, BadRosterRow, column_of, read_roster_row, role_code
from requests_app.domain.vocabulary import Role

ROLES = [role for role in Role if role is not Role.OWNER]
# What a person can type into one cell, quotes, delimiters and formulas among it.
words = (
    st.text("aZñøé字'\"=+-@;,\t", min_size=1, max_size=6)
    .map(str.strip)
    .filter(lambda text: text and not text.startswith("'") and "\t" not in text)
)
names = st.lists(words, min_size=1, max_size=4).map(" ".join)
rows = st.fixed_dictionaries(
    {
        "name": names,
        "e-mail": st.just("") | st.integers(0, 99).map("p{}@pinole.example".format),
        "title": st.just("") | names,
        "extension": st.just("") | st.integers(0, 99999).map(str),
        "department": st.just("finance"),
        "employment": st.sampled_from(["", "employee", "contractor", "volunteer"]),
        "hired_on": st.just("") | st.dates(date(1950, 1, 1), date(2100, 1, 1)).map(date.isoformat),
        "languages": st.sets(st.sampled_from(["es", "tl", "zh", "pa"])).map(lambda codes: "; ".join(sorted(codes))),
        "roles": st.sets(st.sampled_from(ROLES)).map(
            lambda roles: "; ".join(role_code(role, "finance") for role in sorted(roles))
        ),
    }
)


def written(table: list[dict[str, str]], *, delimiter: str, encoding: str) -> bytes:
    """Write rows as a spreadsheet and our own export do."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(COLUMNS)
    writer.writerows([[guarded(row[column]) for column in COLUMNS] for row in table])
    return stream.getvalue().encode(encoding)


@given(table=st.lists(rows, min_size=1, max_size=5), delimiter=st.sampled_from(",;\t"))
def test_what_was_written_is_read_again(table: list[dict[str, str]], delimiter: str) -> None:
    file = read_roster_file(written(table, delimiter=delimiter, encoding="utf-8-sig"))
    read = [read_roster_row(line.cells) for line in file.lines]
    assert [(row.name, row.email, row.title, row.extension) for row in read] == [
        (row["name"], row["e-mail"], row["title"], row["extension"]) for row in table
    ]
    assert ["; ".join(sorted(row.languages)) for row in read] == [row["languages"] for row in table]
    assert [(row.hired_on.isoformat() if row.hired_on else "") for row in read] == [row["hired_on"] for row in table]
    assert ["; ".join(sorted(role_code(*role) for role in row.roles)) for row in read] == [
        "; ".join(sorted(row["roles"].split("; "))) for row in table
    ]


def test_a_file_as_excel_saves_it_is_read() -> None:
    heading = "Full Name;E-Mail Address;Dept.;Shoe size\r\n"
    text = f'{heading}"Muñoz, Ana";ana@pinole.example;Finance;38\r\n;;;\r\nJosé;;Finance\r\n'
    file = read_roster_file(text.encode("cp1252"))
    assert file.ignored == ["Shoe size"]
    assert [(line.line, line.cells["name"]) for line in file.lines] == [(2, "Muñoz, Ana"), (4, "José")]


def test_a_row_is_named_by_the_line_it_begins_on() -> None:
    file = read_roster_file(b'name,title\n"Ana\nof Finance",Clerk\nBob,Clerk\n')
    assert [line.line for line in file.lines] == [2, 4]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no_heading"),
        (b"Ana,Finance\n", "no_heading"),
        (b"name\n", "empty"),
        (b"name,full name\nAna,Ana\n", "column_twice"),
        (b'name\n"Ana\n', "bad_quotes"),
        (b"\x89PNG\x00\x01", "not_text"),
        ("name\nAna\n".encode("utf-16"), "not_text"),
        (b"name\n" + b"A" * MOST_BYTES, "too_big"),
        (b"name\n" + b"A\n" * (MOST_ROWS + 1), "too_many_rows"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, code: str) -> None:
    with pytest.raises(UnusableRoster) as unusable:
        read_roster_file(data)
    assert unusable.value.code == code


@pytest.mark.parametrize(
    ("heading", "column"),
    [("E-Mail", "e-mail"), (" Hire Date ", "hired_on"), ("Job title", "title"), ("Ext.", "extension"), ("Shoe", None)],
)
def test_headings_are_understood_however_they_are_spelled(heading: str, column: str | None) -> None:
    assert column_of(heading) == column


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"title": "Clerk"}, "nobody"),
        ({"name": "A" * 121}, "too_long"),
        ({"name": "A", "e-mail": "not an address"}, "email"),
        ({"name": "A", "extension": "12a"}, "extension"),
        ({"name": "A", "extension": "١٢"}, "extension"),
        ({"name": "A", "employment": "intern"}, "employment"),
        ({"name": "A", "hired_on": "2026-02-30"}, "date"),
        ({"name": "A", "hired_on": "0001-01-01"}, "date"),
        ({"name": "A", "languages": "Klingon"}, "language"),
        ({"name": "A", "roles": "king@finance"}, "role"),
        ({"name": "A", "roles": "owner@finance"}, "role"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(cells: dict[str, str], code: str) -> None:
    with pytest.raises(BadRosterRow) as bad:
        read_roster_row(cells)
    assert bad.value.code == code


def test_cells_are_read_as_people_write_them() -> None:
    row = read_roster_row(
        {
            "name": " Ana   Muñoz ", "employment": "Consultant", "hired_on": "7/1/2024",
            "languages": "Spanish and Tagalog", "roles": "Department Head@finance; front-desk",
        }
    )  # fmt: skip
    assert (row.name, row.employment, row.hired_on) == ("Ana Muñoz", "contractor", date(2024, 7, 1))
    assert row.languages == ("es", "tl")
    assert row.roles == ((Role.DEPARTMENT_HEAD, "finance"), (Role.FRONT_DESK, ""))
