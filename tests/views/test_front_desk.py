"""The page of the front desk: the tally at the counter (III.b.iii.1)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.domain.scorecard import Standing
from requests_app.domain.vocabulary import Role
from requests_app.models import (
    AuditEntry,
    Category,
    CounterTap,
    Interaction,
    ServiceRequest,
)
from requests_app.selectors.counter_taps import tally_buttons
from tests.cast import Cast, login_of
from tests.counter_computer import browser_of, register
from tests.factories import NOW, EmployeeFactory, ServiceRequestFactory, give_role, make_login
from tests.views.log_form import as_, text_of
from tests.views.scorecard_figures import figure_of

PAGE, TAP, ITEMS = "/front-desk/", "/front-desk/tap/", "/front-desk/opening/items/"
NOTING, CORRECT, ITEMS = (
    "/front-desk/opening/sign-noting/",
    "/front-desk/opening/correct/",
    "/front-desk/opening/items/",
)
SCORECARD = "/compliance/scorecard/"


@pytest.fixture(autouse=True)
def clock(time_machine: Any) -> Any:
    time_machine.move_to(NOW, tick=False)
    return time_machine


def tap(client: Client, what: object = "greeted", *, key: object = None) -> Any:
    return client.post(TAP, {"tap": what, "key": key or uuid4()}, follow=True)


def pothole() -> Category:
    return Category.objects.get(slug="pothole")


def test_one_tap_counts_one_person_with_what_it_was_about_and_nothing_else(cast: Cast) -> None:
    fay = as_(cast.fay)
    answer = tap(fay, pothole().pk)
    assert "Counted: Pothole" in text_of(answer)
    assert answer.context["day"].greeted == answer.context["day"].answered == 1
    tapped = CounterTap.objects.get()
    assert (tapped.category, tapped.is_answered, tapped.department) == (pothole(), True, cast.fay.department)
    assert (tapped.tapped_at, tapped.tapped_by, tapped.device) == (NOW, cast.fay, None)
    assert AuditEntry.objects.filter(action="counter_tapped").count() == 1
    assert not ServiceRequest.objects.exists()
    assert not Interaction.objects.exists()


def test_greeted_is_not_answered_and_something_else_is(cast: Cast) -> None:
    fay = as_(cast.fay)
    tap(fay, "greeted")
    day = tap(fay, "other").context["day"]
    assert (day.greeted, day.answered) == (2, 1)


def test_a_button_pressed_twice_counts_once_and_two_buttons_count_twice_and_say_so(cast: Cast, clock: Any) -> None:
    fay, key = as_(cast.fay), uuid4()
    tap(fay, key=key)
    assert "it counts once" in text_of(tap(fay, key=key))
    assert CounterTap.objects.count() == 1
    clock.move_to(NOW + timedelta(seconds=1), tick=False)
    hasty = tap(fay)
    assert "within three seconds" in text_of(hasty)
    assert CounterTap.objects.count() == hasty.context["day"].greeted == 2
    clock.move_to(NOW + timedelta(seconds=60), tick=False)
    assert "within three seconds" not in text_of(tap(fay))


def test_the_last_tap_is_taken_back_within_two_minutes_by_whoever_made_it(cast: Cast, clock: Any) -> None:
    fay = as_(cast.fay)
    tap(fay)
    undo = reverse("counter_tap_undo", args=[CounterTap.objects.get().pk])
    give_role(cast.bob, Role.FRONT_DESK, cast.streets)
    assert as_(cast.bob).post(undo).status_code == 404
    clock.move_to(NOW + timedelta(minutes=2), tick=False)
    for _click in range(2):
        assert fay.post(undo, follow=True).context["day"].greeted == 0
    assert CounterTap.objects.get().undone_at == NOW + timedelta(minutes=2)
    assert AuditEntry.objects.filter(action="counter_tap_undone").count() == 1


def test_after_two_minutes_a_tap_stands(cast: Cast, clock: Any) -> None:
    fay = as_(cast.fay)
    tap(fay)
    clock.move_to(NOW + timedelta(seconds=121), tick=False)
    assert fay.get(PAGE).context["fresh"] == []
    answer = fay.post(reverse("counter_tap_undo", args=[CounterTap.objects.get().pk]))
    assert answer.status_code == 409
    assert "within two minutes" in text_of(answer)
    assert answer.context["day"].greeted == 1


@pytest.mark.parametrize("what", ["", "9" * 30, "-1", "999999999", "<b>", "²"])
def test_what_no_button_says_counts_nothing(cast: Cast, what: str) -> None:
    assert as_(cast.fay).post(TAP, {"tap": what, "key": uuid4()}).status_code == 422
    assert not CounterTap.objects.exists()


def test_restricted_subjects_have_no_button(cast: Cast) -> None:
    restricted = Category.objects.exclude(confidentiality="ordinary").earliest("pk")
    assert as_(cast.fay).post(TAP, {"tap": restricted.pk, "key": uuid4()}).status_code == 422
    buttons = tally_buttons(today=NOW.date())
    assert restricted not in [*buttons.own, *buttons.others]


def test_buttons_are_of_the_subjects_most_used_before_this_month_tally_before_log(cast: Cast) -> None:
    before = NOW - timedelta(days=30)
    tree, light = Category.objects.get(slug="tree"), Category.objects.get(slug="streetlight")
    facts = {"is_answered": True, "department": cast.streets, "tapped_by": cast.fay}
    for category, number, at in ((tree, 2, before), (pothole(), 1, before), (light, 5, NOW)):
        for _ in range(number):
            CounterTap.objects.create(category=category, tapped_at=at, key=uuid4(), **facts)
    noise = Category.objects.get(slug="noise")
    ServiceRequestFactory.create(channel="counter", category=noise, received_at=before)
    own = tally_buttons(today=NOW.date()).own
    assert own[:3] == [tree, pothole(), noise]
    assert len(own) == 8
    assert light not in own[:3]


def test_at_a_counter_computer_a_colleague_helps_out_and_the_counter_is_kept(cast: Cast) -> None:
    device, token = register(cast, at=NOW)
    colleague = browser_of(token)
    colleague.force_login(login_of(cast.alice))
    assert colleague.get(PAGE).status_code == 200
    tap(colleague)
    assert CounterTap.objects.get().device == device
    assert as_(cast.alice).get(PAGE).status_code == 403


def test_whoever_leads_the_front_desk_uses_its_page(cast: Cast) -> None:
    lead = EmployeeFactory.create(department=cast.fay.department, email="lead@pinole.example")
    give_role(lead, Role.SUPERVISOR, cast.fay.department)
    make_login(lead)
    assert as_(lead).get(PAGE).status_code == as_(lead).get(ITEMS).status_code == 200
    assert as_(cast.sam).get(PAGE).status_code == 403


def test_every_figure_of_the_tally_has_a_list_of_as_many_taps(cast: Cast) -> None:
    _device, token = register(cast, at=NOW)
    counter = browser_of(token)
    counter.force_login(login_of(cast.fay))
    for what in (pothole().pk, pothole().pk, "other", "greeted"):
        tap(counter, what)
    tap(as_(cast.fay), "greeted")
    hana = as_(cast.hana)
    page = hana.get("/compliance/counter/")
    rows = [page.context["total"], *(row for table in page.context["tables"] for row in table["rows"])]
    assert len(rows) >= 6
    for row in rows:
        assert hana.get(row["answered_url"]).context["total"] == row["counted"].answered
        if row["counted"].greeted != row["counted"].answered:
            assert hana.get(row["url"]).context["total"] == row["counted"].greeted
    assert page.context["total"]["counted"].greeted == 5
    # A supervisor of elsewhere has none of them: they belong to where those who tapped work.
    assert as_(cast.sam).get("/compliance/counter/").context["total"]["counted"].greeted == 0


def test_the_file_of_taps_names_nobody_and_is_in_the_evidence(cast: Cast) -> None:
    tap(as_(cast.fay), pothole().pk)
    file = as_(cast.hana).get("/compliance/counter/taps/?format=csv").getvalue().decode()
    assert "2026-11-23 14:10,yes,Pothole" in file
    assert cast.fay.name not in file
    assert AuditEntry.objects.filter(action="exported").count() == 1


@pytest.mark.parametrize("query", ["on=yesterday", "hour=x", "counter=-1", "subject=99999999999"])
def test_a_list_of_taps_no_figure_leads_to_is_not_there(cast: Cast, query: str) -> None:
    assert as_(cast.hana).get(f"/compliance/counter/taps/?{query}").status_code == 404


def test_the_tally_is_the_one_measure_of_greeting_and_an_indicator_without_a_target(cast: Cast) -> None:
    hana = as_(cast.hana)
    assert figure_of(hana, "III.b.iii.1").standing is Standing.NOT_MEASURED
    ServiceRequestFactory.create(channel="counter", department=cast.streets)  # logged: no part of it
    tap(as_(cast.fay), "other")
    tap(as_(cast.fay), "greeted")
    figure = figure_of(hana, "III.b.iii.1")
    assert (figure.pair.part, figure.pair.whole, figure.standing) == (1, 2, Standing.NO_TARGET)
    assert hana.get(figure.part.url).context["total"] == 1
    assert hana.get(figure.whole.url).context["total"] == 2


def test_no_tap_enters_a_figure_of_logged_contacts(cast: Cast) -> None:
    hana = as_(cast.hana)
    before = [cell.logged for cell in hana.get("/compliance/coverage/").context["coverage"].cells]
    tap(as_(cast.fay), pothole().pk)
    assert [cell.logged for cell in hana.get("/compliance/coverage/").context["coverage"].cells] == before
    assert figure_of(hana, "III.b.iii.2").pair.whole == 0
