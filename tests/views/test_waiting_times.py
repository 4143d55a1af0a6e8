"""Waiting times at the counter: off, they leave no trace; in a sample week visitors are timed (III.b.iii.1)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from requests_app.models import AuditEntry, VisitorWait, WaitingSample
from tests.cast import Cast
from tests.factories import NOW
from tests.views.log_form import as_, text_of
from tests.views.scorecard_figures import figures_of

PAGE, DESK, CHECK_IN = "/compliance/counter/waiting/", "/front-desk/", "/front-desk/visitors/"
WORDS = "Check a visitor in"


@pytest.fixture(autouse=True)
def clock(time_machine: Any) -> Any:
    time_machine.move_to(NOW, tick=False)
    return time_machine


def switch_on(client: Client, first: str = "2026-11-23", last: str = "2026-11-27") -> Any:
    return client.post(PAGE, {"from_on": first, "to_on": last}, follow=True)


def step(client: Client, name: str) -> Any:
    return client.post(f"{CHECK_IN}{VisitorWait.objects.latest('pk').pk}/{name}/", follow=True)


def check_in(client: Client, key: object = None) -> Any:
    return client.post(CHECK_IN, {"key": key or uuid4()}, follow=True)


def test_off_it_leaves_no_trace(cast: Cast) -> None:
    fay = as_(cast.fay)
    assert WORDS not in text_of(fay.get(DESK))
    assert check_in(fay).status_code == 404
    assert [figure.code for figure in figures_of(as_(cast.hana), "III.b.iii.1")] == ["tally"]
    assert "Waiting times" not in text_of(as_(cast.sam).get("/compliance/counter/"))


def test_human_resources_switch_a_week_on_and_off_and_nobody_else(cast: Cast) -> None:
    hana, fay = as_(cast.hana), as_(cast.fay)
    assert switch_on(as_(cast.sam)).status_code == 403
    switch_on(hana)
    assert WORDS in text_of(fay.get(DESK))
    assert switch_on(hana).status_code == 409  # a second one on the same days
    sample = WaitingSample.objects.get()
    for _click in range(2):
        hana.post(f"{PAGE}{sample.pk}/end/")
    assert WORDS not in text_of(fay.get(DESK))
    assert check_in(fay).status_code == 404
    actions = AuditEntry.objects.filter(action__startswith="waiting_sample").values_list("action", flat=True)
    assert sorted(actions) == ["waiting_sample_off", "waiting_sample_on"]


def test_outside_its_days_a_sample_is_off(cast: Cast, clock: Any) -> None:
    switch_on(as_(cast.hana), "2026-11-24", "2026-11-25")
    assert WORDS not in text_of(as_(cast.fay).get(DESK))
    clock.move_to(datetime.fromisoformat("2026-11-25T16:00:00-08:00"), tick=False)
    assert WORDS in text_of(as_(cast.fay).get(DESK))
    clock.move_to(datetime.fromisoformat("2026-11-26T08:00:00-08:00"), tick=False)
    assert WORDS not in text_of(as_(cast.fay).get(DESK))


@pytest.mark.parametrize(
    ("first", "last"), [("2026-11-16", "2026-11-20"), ("2026-11-27", "2026-11-24"), ("2026-11-23", "2026-12-07")]
)
def test_a_sample_is_a_week_or_two_and_never_back_in_time(cast: Cast, first: str, last: str) -> None:
    assert switch_on(as_(cast.hana), first, last).status_code == 422
    assert not WaitingSample.objects.exists()


def test_checked_in_called_helped_once_each_and_left_before_being_called(cast: Cast, clock: Any) -> None:
    switch_on(as_(cast.hana))
    fay, key = as_(cast.fay), uuid4()
    for _click in range(2):
        assert len(check_in(fay, key).context["waiting"]) == 1
    clock.move_to(NOW + timedelta(minutes=4), tick=False)
    step(fay, "called")
    assert "A colleague was quicker" in text_of(step(fay, "left"))
    clock.move_to(NOW + timedelta(minutes=9), tick=False)
    assert step(fay, "helped").context["waiting"] == []
    wait = VisitorWait.objects.get()
    assert (wait.called_at, wait.helped_at) == (NOW + timedelta(minutes=4), NOW + timedelta(minutes=9))
    assert wait.left_at is None
    check_in(fay)
    step(fay, "left")
    assert VisitorWait.objects.latest("pk").left_at is not None
    assert step(fay, "sideways").status_code == 404
    assert AuditEntry.objects.filter(action="visitor_step").count() == 3


def test_the_sample_says_the_median_with_n_and_too_few_tell_nothing(cast: Cast, clock: Any) -> None:
    switch_on(as_(cast.hana))
    fay = as_(cast.fay)
    for minutes in (1, 2, 3, 4):
        wait_for(fay, clock, minutes)
    assert "too few to tell" in str(figures_of(as_(cast.hana), "III.b.iii.1")[1].label)
    wait_for(fay, clock, 9)
    row = as_(cast.hana).get(PAGE).context["rows"][0]["figures"]
    assert (row.checked_in, row.called, row.median_minutes, row.nine_of_ten_minutes) == (5, 5, 3, 9)
    figure = figures_of(as_(cast.hana), "III.b.iii.1")[1]
    assert "median wait 3 min" in str(figure.label)
    assert (figure.pair.part, figure.pair.whole) == (5, 5)
    file = as_(cast.hana).get(f"{PAGE}?format=csv").getvalue().decode()
    assert "2026-11-23 14:10,2026-11-23 14:11,,,1" in file
    assert AuditEntry.objects.filter(action="exported").count() == 1


def wait_for(client: Client, clock: Any, minutes: int) -> None:
    clock.move_to(NOW, tick=False)
    check_in(client)
    clock.move_to(NOW + timedelta(minutes=minutes), tick=False)
    step(client, "called")
