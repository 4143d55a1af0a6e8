"""One month reckoned again from the rows an auditor can take out, and held against all that tells of it.

The reckoning knows nothing of the product: numbers of a file of rows, sorted and divided.
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO, StringIO
from math import ceil
from typing import Any, NamedTuple

import openpyxl
import pytest
import time_machine
from django.test import Client
from django.utils.html import strip_tags

from requests_app.domain.packets import opened
from requests_app.models import Employee, Packet, ReportFile
from requests_app.services.jobs import run_next_jobs
from tests.cast import Cast, login_of
from tests.clock_histories import write_random_histories
from tests.factories import NOW
from tests.record_files import words_in

OCTOBER = {"from": "2026-10-01", "to": "2026-10-31"}
RESPONSES = ("phone_response", "email_response")


class Reckoned(NamedTuple):
    """What the month came to."""

    kept: int
    late: int
    overdue: int
    excused: int
    median: int
    nine_of_ten: int

    @property
    def n(self) -> int:
        return self.kept + self.late + self.overdue

    @property
    def tenths(self) -> int:
        return self.kept * 1000 // self.n

    @property
    def words(self) -> list[str]:
        """Say it as page and paper do."""
        return [
            f"{self.tenths / 10:.1f} %",
            f"n = {self.n}: {self.kept} kept, {self.late} late, {self.overdue} overdue",
            hours(self.median),
            hours(self.nine_of_ten),
        ]


def hours(minutes: int) -> str:
    return f"{minutes / 60:.1f}".removesuffix(".0") + " h"


def assert_says(text: str, found: Reckoned) -> None:
    """Look for each number where a reader finds it."""
    for words in found.words:
        assert words in text, (words, text[:1500])


def reckon(rows: Iterable[Mapping[str, Any]]) -> Reckoned:
    """Count rows of (class, on the spot, business minutes)."""
    waited: Counter[str] = Counter()
    excused, minutes = 0, []
    for row in rows:
        excused += row["class"] == "excused"
        if not row["on_the_spot"]:
            waited[row["class"]] += 1
            if row["class"] in ("met", "late") and row["minutes"] not in ("", None):
                minutes.append(int(row["minutes"]))
    minutes.sort()
    ranks = [minutes[ceil(len(minutes) * share / 100) - 1] for share in (50, 90)]
    return Reckoned(waited["met"], waited["late"], waited["overdue"], excused, *ranks)


@pytest.fixture(autouse=True)
def _fixed_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def month(cast: Cast) -> Cast:
    """Every fate an answer can have, of ordinary and restricted matters, begun in October as the city has it."""
    write_random_histories(cast, count=120, seed=3, start_at=datetime(2026, 10, 1, 7, tzinfo=UTC), days=31)
    return cast


def as_(employee: Employee) -> Client:
    client = Client()
    client.force_login(login_of(employee))
    return client


def table(client: Client, address: str, **asked: str) -> list[dict[str, str]]:
    answer = client.get(address, {**OCTOBER, **asked, "format": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(StringIO(text)))


_CLASSES = {
    "Kept": "met", "Late": "late", "Overdue": "overdue", "Open": "open", "Late answer excused": "excused",
    "Merged": "merged", "Cancelled": "cancelled",
}  # fmt: skip


def _plain(line: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "class": _CLASSES[line["Counted as"]],
        "on_the_spot": line["Answered on the spot"] == "yes",
        "minutes": line["Business minutes"],
    }


def from_csv(client: Client) -> Reckoned:
    lines = table(client, "/compliance/clocks/", milestone="response", part="received")
    assert len(lines) > 15
    return reckon(map(_plain, lines))


def file_of(client: Client, file_format: str) -> bytes:
    query = "&".join(f"{name}={value}" for name, value in OCTOBER.items())
    page = client.post(f"/compliance/files/?{query}", {"format": file_format})["Location"]
    run_next_jobs(clock=lambda: NOW)
    assert ReportFile.objects.latest("pk").size
    return bytes(client.get(f"{page}fetch/").content)


def words_of(html: bytes) -> str:
    return re.sub(r"\s+", " ", strip_tags(html.decode())).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("who", ["hana", "otto", "sam"])
def test_page_and_scorecard_say_what_the_rows_come_to(month: Cast, who: str) -> None:
    client = as_(getattr(month, who))
    found = from_csv(client)
    page = words_of(client.get("/compliance/", OCTOBER).content)
    assert_says(page, found)
    assert f"Median time to answer {hours(found.median)}" in page
    assert f"9 of 10 answered within {hours(found.nine_of_ten)}" in page
    assert f"{found.excused} late answer{'' if found.excused == 1 else 's'} excused" in page
    line = next(row for row in table(client, "/compliance/scorecard/") if row["Figure"] == "Every first response")
    assert (line["Number"], line["n"], float(line["Share"])) == (str(found.kept), str(found.n), found.tenths / 1000)


def test_workbook_and_paper_say_what_the_rows_come_to(month: Cast) -> None:
    client = as_(month.hana)
    found = from_csv(client)
    paper = " ".join(words_in(file_of(client, "pdf")).split()).replace("\N{NO-BREAK SPACE}", " ")
    assert_says(paper, found)
    assert re.search(rf"Late answers excused {found.excused}\b", paper)
    book = openpyxl.load_workbook(BytesIO(file_of(client, "xlsx")))
    heads, *rows = book["Clocks"].values
    lines = [dict(zip(heads, row, strict=True)) for row in rows]
    standards = {line["Standard"] for line in table(client, "/compliance/clocks/", milestone="response")}
    assert reckon(_plain(line) for line in lines if line["Standard"] in standards) == found
    heads, *rows = book["Figures"].values
    cells = [row for row in (dict(zip(heads, row, strict=True)) for row in rows) if row["milestone"] == "response"]
    assert (sum(row["waited n"] for row in cells), sum(row["excused"] for row in cells)) == (found.n, found.excused)


def test_the_sealed_packet_holds_all_it_takes_to_reckon_it_again(month: Cast) -> None:
    as_(month.hana).post("/compliance/packets/", {"month": "2026-10"})
    run_next_jobs(clock=lambda: NOW)
    files = opened(bytes(Packet.objects.get().content)).files
    data = json.loads(files["packet.json"])
    clocks = [{**each, "minutes": each["business_minutes"]} for each in data["clocks"] if each["standard"] in RESPONSES]
    found = from_csv(as_(month.otto))  # the auditor sees what is in a packet: ordinary matters
    assert reckon(clocks) == found
    cells = [row for row in data["figures"]["clocks"] if row["milestone"] == "response"]
    assert (sum(row["waited_n"] for row in cells), sum(row["excused"] for row in cells)) == (found.n, found.excused)
    assert [row for row in data["figures"]["clocks"] if row["standard"] == "promised_answer"]
    paper = " ".join(words_in(files["report.pdf"]).split()).replace("\N{NO-BREAK SPACE}", " ")
    assert_says(paper, found)
    assert re.search(rf"Late answers excused {found.excused}\b", paper)
