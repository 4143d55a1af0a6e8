"""The checklist at opening: one tap, once a day, silent on closed days, and its measure (III.b.iii.3)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from requests_app.domain.opening_checks import DEFAULT_ITEMS
from requests_app.domain.scorecard import Standing
from requests_app.domain.vocabulary import Role
from requests_app.models import AuditEntry, ChecklistItem, OpeningCheck, OpeningCheckLine
from tests.cast import Cast
from tests.factories import NOW, EmployeeFactory, give_role, make_login
from tests.views.log_form import as_, text_of
from tests.views.scorecard_figures import figure_of

PAGE, SIGN = "/front-desk/", "/front-desk/opening/sign/"
NOTING, CORRECT = "/front-desk/opening/sign-noting/", "/front-desk/opening/correct/"
ITEMS = "/front-desk/opening/items/"


@pytest.fixture(autouse=True)
def clock(time_machine: Any) -> Any:
    time_machine.move_to(NOW, tick=False)
    return time_machine


def seen() -> str:
    return ",".join(str(pk) for pk in ChecklistItem.objects.filter(retired_at=None).values_list("pk", flat=True))


def test_the_checklist_is_signed_in_one_tap_and_once_a_day(cast: Cast) -> None:
    fay = as_(cast.fay)
    page = fay.get(PAGE)
    assert page.context["is_owed"]
    assert all(item in text_of(page) for item in DEFAULT_ITEMS)
    signed = fay.post(SIGN, {"items": seen()}, follow=True)
    assert not signed.context["is_owed"]
    assert "signed it already" in text_of(fay.post(SIGN, {"items": seen()}, follow=True))
    check = OpeningCheck.objects.get()
    assert (check.on, check.signed_at, check.signed_by) == (NOW.date(), NOW, cast.fay)
    assert [line.text for line in check.lines.all()] == list(DEFAULT_ITEMS)
    assert AuditEntry.objects.filter(action="opening_signed").count() == 1


def test_what_is_not_in_order_is_written_down_and_can_be_corrected_the_same_day(cast: Cast, clock: Any) -> None:
    fay, first = as_(cast.fay), seen().split(",")[0]
    assert fay.post(NOTING, {"items": seen()}).status_code == 422  # nothing noted
    fay.post(NOTING, {"items": seen(), f"note_{first}": "The lobby is flooded"})
    assert list(OpeningCheckLine.objects.exclude(note="").values_list("note", flat=True)) == ["The lobby is flooded"]
    clock.move_to(NOW + timedelta(minutes=30), tick=False)
    for _click in range(2):
        assert fay.post(CORRECT, {"items": seen(), f"note_{first}": "Dry again, smells"}).status_code == 302
    check = OpeningCheck.objects.get()
    assert (check.signed_at, check.corrected_at, check.corrected_by) == (NOW, NOW + timedelta(minutes=30), cast.fay)
    assert list(check.lines.exclude(note="").values_list("note", flat=True)) == ["Dry again, smells"]
    assert AuditEntry.objects.filter(action="opening_corrected").count() == 1


@pytest.mark.parametrize("day", ["2026-11-26", "2026-11-27", "2026-11-28"])  # holiday, day after it, Saturday
def test_closed_days_are_silent_and_sign_nothing(cast: Cast, clock: Any, day: str) -> None:
    clock.move_to(datetime.fromisoformat(f"{day}T10:00:00-08:00"), tick=False)
    fay = as_(cast.fay)
    page = fay.get(PAGE)
    assert not page.context["is_owed"]
    assert "Opening checklist" not in text_of(page)
    assert fay.post(SIGN, {"items": seen()}).status_code == 409
    assert not OpeningCheck.objects.exists()


def test_items_changed_meanwhile_are_looked_through_again(cast: Cast) -> None:
    old = seen()
    as_(cast.ada).post(ITEMS, {"items": "The lobby is clean\nPens are there"})
    answer = as_(cast.fay).post(SIGN, {"items": old})
    assert answer.status_code == 409
    assert "changed meanwhile" in text_of(answer)
    assert "The lobby is clean" in text_of(answer)
    assert not OpeningCheck.objects.exists()


def test_changing_the_items_keeps_what_was_signed(cast: Cast) -> None:
    as_(cast.fay).post(SIGN, {"items": seen()})
    ada = as_(cast.ada)
    kept = DEFAULT_ITEMS[2]
    for _click in range(2):
        assert ada.post(ITEMS, {"items": f"New first\n{kept}"}).status_code == 302
    in_use = ChecklistItem.objects.filter(retired_at=None)
    assert [item.text for item in in_use] == ["New first", kept]
    assert AuditEntry.objects.filter(action="checklist_changed").count() == 1
    assert [line.text for line in OpeningCheck.objects.get().lines.all()] == list(DEFAULT_ITEMS)


@pytest.mark.parametrize("items", ["", " \n ", "x" * 201, "\n".join(f"Item {n}" for n in range(21))])
def test_a_checklist_nobody_could_read_is_refused(cast: Cast, items: str) -> None:
    assert as_(cast.ada).post(ITEMS, {"items": items}).status_code == 422
    assert ChecklistItem.objects.filter(retired_at=None).count() == len(DEFAULT_ITEMS)


def test_an_hour_after_opening_the_supervisor_is_told(cast: Cast, clock: Any) -> None:
    lead = EmployeeFactory.create(department=cast.fay.department, email="lead@pinole.example")
    give_role(lead, Role.SUPERVISOR, cast.fay.department)
    make_login(lead)
    clock.move_to(datetime.fromisoformat("2026-11-23T09:00:00-08:00"), tick=False)
    assert not as_(lead).get("/").context["late_at_front_desk"]
    clock.move_to(datetime.fromisoformat("2026-11-23T09:01:00-08:00"), tick=False)
    assert "The opening checklist is not signed yet" in text_of(as_(lead).get("/"))
    assert not as_(cast.sam).get("/").context["late_at_front_desk"]
    as_(cast.fay).post(SIGN, {"items": seen()})
    assert not as_(lead).get("/").context["late_at_front_desk"]


def test_the_scorecard_says_on_how_many_open_days_it_was_signed_and_by_whom(cast: Cast, clock: Any) -> None:
    hana = as_(cast.hana)
    assert figure_of(hana, "III.b.iii.3").standing is Standing.NOT_MEASURED
    clock.move_to(datetime.fromisoformat("2026-11-16T08:30:00-08:00"), tick=False)  # a Monday
    as_(cast.fay).post(SIGN, {"items": seen()})
    clock.move_to(datetime.fromisoformat("2026-11-19T12:00:00-08:00"), tick=False)
    as_(cast.fay).post(NOTING, {"items": seen(), f"note_{seen().split(',')[0]}": "A bulb is out"})
    clock.move_to(NOW, tick=False)  # the Monday after: open Mon to Thu, and today is late already
    hana = as_(cast.hana)
    figure = figure_of(hana, "III.b.iii.3")
    assert (figure.pair.part, figure.pair.whole, figure.standing) == (2, 5, Standing.ATTESTED)
    assert figure.signed
    assert figure.signed["who"] == cast.fay.name
    assert hana.get(figure.part.url).context["total"] == 2
    days = hana.get(figure.whole.url)
    assert (days.context["total"], days.context["signed"]) == (5, 2)
    assert [day.is_late for day in days.context["days"] if day.check] == [True, False]
    file = hana.get("/compliance/counter/opening/?format=csv").getvalue().decode()
    assert "2026-11-19,2026-11-19 12:00" in file
    assert "A bulb is out" in file
