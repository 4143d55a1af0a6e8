"""Absences from a file: looked through, applied exactly, and the same file again changes nothing (III.b.ii.5)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from requests_app.models import Absence, AbsenceUpload, Alternate, AuditEntry, Employee
from requests_app.services.absences import remove_absence
from tests.cast import Cast, actor
from tests.factories import AbsenceFactory
from tests.views.log_form import as_
from tests.views.test_absences import text_of

CALENDAR = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:x\r
BEGIN:VEVENT\r
UID:holiday-1\r
SUMMARY:Secret family matter\r
DTSTART;VALUE=DATE:{starts}\r
DTEND;VALUE=DATE:{ends}\r
ATTENDEE:mailto:Alice@pinole.example\r
ORGANIZER:mailto:sam@pinole.example\r
END:VEVENT\r
END:VCALENDAR\r
"""


@pytest.fixture(autouse=True)
def fixed_clock(now: datetime, time_machine: Any) -> None:
    time_machine.move_to(now, tick=False)


def upload(client: Client, text: str, name: str = "away.csv", **typed: object) -> Any:
    file = SimpleUploadedFile(name, text.encode())
    return client.post(reverse("absence_import"), {"file": file, **typed}, follow=True)


def apply(client: Client, page: Any, ticked: list[int] | None = None) -> Any:
    rows = [item["row"].number for item in page.context["to_apply"]] if ticked is None else ticked
    url = reverse("absence_import_preview", args=[page.context["upload"].pk])
    return client.post(url, {"digest": page.context["digest"], "ticked": rows})


def calendar(starts: str = "20261201", ends: str = "20261205") -> str:
    return CALENDAR.format(starts=starts, ends=ends)


def local(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def test_a_table_is_looked_through_line_by_line_and_applied(cast: Cast) -> None:
    hana = as_(cast.hana)
    page = upload(
        hana,
        "E-mail,Name,From,To,Type,Reason,Alternate\n"
        "alice@pinole.example,,2026-12-01,12/04/2026,planned,training,bob@pinole.example\n"
        "\n"
        ",Charlie Outsider,2026-12-07 13:00,2026-12-07 15:30,unforeseen,sick,\n"
        "nobody@pinole.example,,2026-12-01,2026-12-02,,,\n"
        "bob@pinole.example,,2026-12-05,2026-12-01,,,alice@pinole.example\n"
        "bob@pinole.example,,soon,2026-12-01,,,alice@pinole.example\n"
        "bob@pinole.example,,2026-12-01,2026-12-02,,,\n"
        "alice@pinole.example,,2026-12-03,2026-12-09,,,Bob Teammate\n",
    )
    text = text_of(page)
    assert [item["row"].line for item in page.context["to_apply"]] == [2, 4]
    assert [(item["row"].line, item["row"].code) for item in page.context["rejected"]] == [
        (5, "unknown"), (6, "order"), (7, "date"), (8, "no_alternate"), (9, "taken"),
    ]  # fmt: skip
    assert "Line 7: soon is not a date" in text
    assert not Absence.objects.exists()

    assert apply(hana, page)["Location"] == reverse("absence_list")
    alice, charlie = Absence.objects.order_by("starts_at")
    assert (local(alice.starts_at), local(alice.ends_at)) == ("2026-12-01 08:00", "2026-12-07 08:00")
    assert (alice.kind, alice.reason, alice.alternate_person) == ("planned", "training", cast.bob)
    assert (local(charlie.starts_at), local(charlie.ends_at)) == ("2026-12-07 13:00", "2026-12-07 15:30")
    assert (charlie.kind, charlie.reason) == ("unforeseen", "illness")
    assert not AbsenceUpload.objects.exists()
    assert AuditEntry.objects.get(action="absences_imported").count == 2


@pytest.mark.parametrize("kind", ["csv", "ics"])
def test_the_same_file_again_changes_nothing_whatever_was_done_meanwhile(cast: Cast, kind: str, now: datetime) -> None:
    Alternate.objects.create(employee=cast.alice, position=1, person=cast.bob)
    text = "e-mail,from,until\nalice@pinole.example,2026-12-01,2026-12-04\n" if kind == "csv" else calendar()
    sam = as_(cast.sam)
    apply(sam, upload(sam, text))
    absence = Absence.objects.get()
    assert [item["row"].code for item in upload(sam, text).context["same"]] == ["known"]

    Absence.objects.update(ends_at=absence.starts_at + timedelta(days=2), version=2)
    assert [item["row"].code for item in upload(sam, text).context["same"]] == ["changed_here"]
    remove_absence(absence_id=absence.pk, reason="Stays", actor=actor(cast.sam), at=now)
    again = upload(sam, text)
    assert [item["row"].code for item in again.context["same"]] == ["removed"]
    assert "There is nothing to apply." in text_of(again)
    assert Absence.objects.count() == 1


def test_an_event_moved_in_the_calendar_moves_the_absence(cast: Cast) -> None:
    Alternate.objects.create(employee=cast.alice, position=1, person=cast.bob)
    sam = as_(cast.sam)
    apply(sam, upload(sam, calendar()))
    page = upload(sam, calendar("20261208", "20261209"))
    assert "another time than before" in text_of(page)
    apply(sam, page)
    assert local(Absence.objects.get().starts_at) == "2026-12-08 08:00"


def test_a_calendar_is_taken_by_its_attendee_or_by_whose_it_is_said_to_be(cast: Cast) -> None:
    for person in (cast.alice, cast.bob):
        Alternate.objects.create(employee=person, position=1, person=cast.sam)
    sam = as_(cast.sam)
    assert upload(sam, calendar()).context["to_apply"][0]["row"].plan.employee == cast.alice
    named = upload(sam, calendar(), person=cast.bob.pk)
    assert named.context["to_apply"][0]["row"].plan.employee == cast.bob
    organizer = calendar().replace("ATTENDEE:mailto:Alice@pinole.example\r\n", "").replace("mailto:sam", "mailto:bob")
    assert upload(sam, organizer).context["to_apply"][0]["row"].plan.employee == cast.bob


def test_a_row_without_its_tick_is_left_and_no_summary_is_kept(cast: Cast) -> None:
    Alternate.objects.create(employee=cast.alice, position=1, person=cast.bob)
    alice = as_(cast.alice)
    assert apply(alice, upload(alice, calendar()), ticked=[])["Location"] == reverse("absence_list")
    assert not Absence.objects.exists()
    apply(alice, upload(alice, calendar()))
    absence = Absence.objects.get()
    assert "Secret" not in "".join(str(value) for value in vars(absence).values())


@pytest.mark.parametrize(
    ("who", "refused"), [("hana", False), ("sam", False), ("alice", False), ("bob", True), ("fay", True), ("ada", True)]
)
def test_each_imports_for_whom_they_record(cast: Cast, who: str, *, refused: bool) -> None:
    text = "e-mail,from,until,why nobody\nalice@pinole.example,2026-12-01,2026-12-04,The counter answers\n"
    page = upload(as_(getattr(cast, who)), text)
    assert [item["row"].code for item in page.context["rejected"]] == (["not_yours"] if refused else [])


def test_what_changed_since_the_preview_is_shown_again_and_nothing_is_half_applied(cast: Cast) -> None:
    sam = as_(cast.sam)
    rows = "bob@pinole.example,2026-12-01,2026-12-02,x\nalice@pinole.example,2026-12-01,2026-12-02,x\n"
    page = upload(sam, f"e-mail,from,until,why nobody\n{rows}")
    found = page.context["to_apply"][1]["row"].plan
    AbsenceFactory.create(employee=cast.alice, starts_at=found.starts_at, ends_at=found.ends_at)
    answer = apply(sam, page)
    assert answer.status_code == 409
    assert "Something changed since this was shown" in text_of(answer)
    assert Absence.objects.count() == 1
    assert AbsenceUpload.objects.exists()


def test_nobody_sees_the_file_of_another_and_a_second_click_finds_it_gone(cast: Cast) -> None:
    sam = as_(cast.sam)
    page = upload(sam, "e-mail,from,until,why nobody\nalice@pinole.example,2026-12-01,2026-12-02,x\n")
    url = reverse("absence_import_preview", args=[page.context["upload"].pk])
    assert as_(cast.hana).get(url).status_code == 404
    assert [apply(sam, page).status_code for _ in range(2)] == [302, 404]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("when,what\n2026-12-01,x\n", "no heading"),
        ("e-mail,e-mail,from\na,b,c\n", "there twice"),
        ("e-mail,from,until\n", "no rows"),
        ('e-mail,from\n"a,b\n', "Quotation marks"),
        ("e-mail,from\n" + "a@b.example,x\n" * 1001, "more than 1000 rows"),
        ("BEGIN:VCALENDAR\nnonsense", "cannot be read"),
        ("\x00", "no CSV file"),
        ("x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(cast: Cast, text: str, said: str) -> None:
    answer = upload(as_(cast.hana), text)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not AbsenceUpload.objects.exists()


@pytest.mark.parametrize("cell", ["\u202e", "=1+1", "0000-00-00", "2026-12-01T25:00", "9999-12-31", "1" * 400, "٣"])
def test_hostile_cells_are_rejected_rows(cast: Cast, cell: str) -> None:
    text = f"e-mail,name,from,until,alternate,id\nalice@pinole.example,{cell},{cell},{cell},{cell},{cell}\n"
    page = upload(as_(cast.hana), text)
    assert page.status_code == 200
    assert len(page.context["rejected"]) == 1


def test_the_template_can_be_filled_and_uploaded(cast: Cast) -> None:
    Employee.objects.filter(pk=cast.bob.pk).update(email="ben.example@pinole.example")
    Employee.objects.filter(pk=cast.alice.pk).update(email="ana.example@pinole.example")
    hana = as_(cast.hana)
    template = text_of(hana.get(reverse("absence_import_template")))
    assert len(upload(hana, template).context["to_apply"]) == 1
