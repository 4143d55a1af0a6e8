"""Many guesses at once are no more than many in a row; many copies of a draft are one."""

from datetime import datetime
from functools import partial
from typing import Any

import pytest
from django.http import HttpResponse

from requests_app.models import AuditEntry, CounterSeat, Draft
from requests_app.selectors.counters import WRONG_PINS_LIMIT
from tests.cast import Cast
from tests.concurrency.conftest import at_once, failures
from tests.counter_computer import OTHER_PIN, PIN, browser_of, register, sit_down
from tests.views.log_form import as_

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_of_many_guesses_at_once_five_are_judged(cast: Cast, now: datetime, time_machine: Any) -> None:
    time_machine.move_to(now, tick=False)
    device, token = register(cast, at=now)
    sit_down(device, cast.fay, at=now)
    guess = {"person": cast.fay.pk, "pin": OTHER_PIN}

    answers: list[HttpResponse] = at_once(*(partial(browser_of(token).post, "/unlock/", guess) for _ in range(12)))
    right = browser_of(token).post("/unlock/", {**guess, "pin": PIN})

    assert failures(answers) == []
    assert {answer.status_code for answer in [*answers, right]} == {422}
    assert CounterSeat.objects.get().wrong_pins == WRONG_PINS_LIMIT
    judged = AuditEntry.objects.filter(action__in=["pin_failed", "pin_used_up"])
    assert judged.count() == WRONG_PINS_LIMIT


def test_drafts_sent_at_once_are_one_draft(cast: Cast, now: datetime, time_machine: Any) -> None:
    time_machine.move_to(now, tick=False)
    client = as_(cast.fay)
    copies = [partial(client.post, "/drafts/keep/", {"draft": "log-1", "title": f"copy {n}"}) for n in range(6)]

    answers: list[HttpResponse] = at_once(*copies)

    assert failures(answers) == []
    assert {answer.status_code for answer in answers} == {204}
    assert Draft.objects.count() == 1
