"""Somebody calls in sick: one screen, and why is not asked; and the calendar file of an absence (III.b.ii.5)."""

from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from requests_app.models import Absence
from tests.cast import Cast
from tests.factories import AbsenceFactory
from tests.views.log_form import as_
from tests.views.test_absences import shown, text_of

URL = "/absences/called-in/"


@pytest.fixture(autouse=True)
def fixed_clock(now: datetime, time_machine: Any) -> None:
    time_machine.move_to(now, tick=False)


def local(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%d %H:%M}" if at else ""


@pytest.mark.parametrize(
    ("typed", "since", "until", "asked"),
    [
        ({}, "23 08:00", "24 08:00", None),
        ({"since": "now"}, "23 14:10", "24 08:00", None),
        ({"since": "next"}, "24 08:00", "25 08:00", None),
        ({"back": "date", "on": "2026-11-30"}, "23 08:00", "30 08:00", None),
        ({"back": "unknown", "on": "2026-11-25"}, "23 08:00", "", date(2026, 11, 25)),
    ],
)
def test_one_submit_records_who_is_away_and_until_when(
    cast: Cast, typed: dict[str, str], since: str, until: str, asked: date | None
) -> None:
    answer = as_(cast.fay).post(URL, {"person": cast.alice.pk, "since": "opening", "back": "next", **typed})
    absence = Absence.objects.get()
    assert answer["Location"] == reverse("absence_detail", args=[absence.pk])
    assert (local(absence.starts_at), local(absence.ends_at), absence.ask_again_on) == (since, until, asked)
    assert (absence.kind, absence.reason, absence.recorded_by) == ("unforeseen", "other", cast.fay)


def test_the_front_desk_is_not_asked_why_cannot_say_it_and_does_not_read_it(cast: Cast) -> None:
    fay = as_(cast.fay)
    assert "is_illness" not in shown(fay, "absence_called_in")
    typed = {"person": cast.alice.pk, "since": "opening", "back": "next", "is_illness": "on"}
    page = text_of(fay.post(URL, typed, follow=True))
    absence = Absence.objects.get()
    assert absence.reason == "other"
    assert "Unforeseen" not in page
    assert "are to be set by" in page, "whoever took the call knows that it was unforeseen"
    change = reverse("absence_change", args=[absence.pk])
    form = fay.get(change)
    assert not {"kind", "reason", "no_alternate_reason"} & set(form.context["form"].fields)
    fay.post(change, {"version": 1, "first_on": "2026-11-23", "last_on": "2026-11-24", "kind": "planned"})
    absence.refresh_from_db()
    assert (absence.kind, local(absence.ends_at)) == ("unforeseen", "25 08:00")


def test_illness_is_kept_where_a_supervisor_ticks_it_of_their_people(cast: Cast) -> None:
    typed = {"since": "opening", "back": "next", "is_illness": "on"}
    as_(cast.sam).post(URL, {"person": cast.alice.pk, **typed})
    assert Absence.objects.get().reason == "illness"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"person": ""}, "Choose who called in."),
        ({"back": "date"}, "Enter the day they are back."),
        ({"back": "unknown"}, "Enter a day to ask again on."),
        ({"back": "unknown", "on": "2026-11-20"}, "before the first day away"),
        ({"back": "date", "on": "2026-11-23"}, "back before they leave"),
        ({"since": "yesterday"}, "valid choice"),
    ],
)
def test_what_is_missing_is_told_beside_its_field(cast: Cast, typed: dict[str, str], said: str) -> None:
    answer = as_(cast.fay).post(URL, {"person": cast.alice.pk, "since": "opening", "back": "next", **typed})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Absence.objects.exists()


def test_a_second_call_leads_to_the_absence_there_is(cast: Cast) -> None:
    fay, typed = as_(cast.fay), {"person": cast.alice.pk, "since": "opening", "back": "next"}
    fay.post(URL, typed)
    again = fay.post(URL, typed)
    assert again.status_code == 409
    assert reverse("absence_detail", args=[Absence.objects.get().pk]) in text_of(again)
    assert Absence.objects.count() == 1


def test_the_log_form_leads_there(cast: Cast) -> None:
    assert URL in shown(as_(cast.fay), "log_contact")


@pytest.mark.parametrize("who", ["fay", "alice", "sam"])
def test_the_calendar_file_says_when_and_never_why(cast: Cast, who: str, now: datetime) -> None:
    absence = AbsenceFactory.create(
        employee=cast.alice, kind="unforeseen", reason="illness", no_alternate_reason="Flu", starts_at=now,
        ends_at=None, ask_again_on=date(2026, 11, 25), version=3,
    )  # fmt: skip
    file = shown(as_(getattr(cast, who)), "absence_ics", absence.pk)
    lines = file.replace("\r\n ", "").split("\r\n")
    assert f"UID:absence-{absence.pk}@service-desk.pinole" in lines
    assert {"SUMMARY:Away: Alice Owner", "SEQUENCE:3", "DTSTART:20261123T221000Z", "DTEND:20261126T080000Z"} <= {*lines}
    assert not [word for word in ("llness", "nforeseen", "Flu") if word in file]


def test_a_removed_absence_has_no_calendar_file(cast: Cast, now: datetime) -> None:
    absence = AbsenceFactory.create(removed_at=now)
    assert as_(cast.hana).get(reverse("absence_ics", args=[absence.pk])).status_code == 404


def test_the_page_of_a_person_says_that_they_are_away(cast: Cast) -> None:
    AbsenceFactory.create(employee=cast.alice, alternate_person=cast.bob, reason="illness")
    page = shown(as_(cast.ada), "person_detail", cast.alice.pk)
    assert "Away, until Sun 29 Nov, 2:10 pm; Bob Teammate stands in" in page
    assert "llness" not in page
