"""Two counters tap at once and nothing is lost; sent twice at once counts once; one signature, every message."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse

from requests_app.domain.vocabulary import Role
from requests_app.models import (
    AuditEntry,
    ChecklistItem,
    CounterTap,
    OpeningCheck,
    OpeningCheckLine,
    ServiceRequest,
    VoicemailCheck,
)
from tests.cast import Cast
from tests.concurrency.conftest import at_once, failures
from tests.factories import give_role
from tests.views.log_form import as_

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
TAP, SIGN, MESSAGE = "/front-desk/tap/", "/front-desk/opening/sign/", "/front-desk/voicemail/message/"


@pytest.fixture(autouse=True)
def clock(now: datetime, time_machine: Any) -> None:
    time_machine.move_to(now, tick=False)


def test_two_counters_at_once_lose_nothing(cast: Cast) -> None:
    give_role(cast.bob, Role.FRONT_DESK, cast.streets)
    taps = [partial(as_(who).post, TAP, {"tap": "other", "key": uuid4()}) for who in (cast.fay, cast.bob) * 4]

    answers: list[HttpResponse] = at_once(*taps)

    assert failures(answers) == []
    assert CounterTap.objects.count() == AuditEntry.objects.filter(action="counter_tapped").count() == 8


def test_one_press_sent_many_times_at_once_counts_once(cast: Cast) -> None:
    press = {"tap": "greeted", "key": uuid4()}

    answers: list[HttpResponse] = at_once(*(partial(as_(cast.fay).post, TAP, press) for _ in range(6)))

    assert failures(answers) == []
    assert CounterTap.objects.count() == AuditEntry.objects.filter(action="counter_tapped").count() == 1


def test_two_who_sign_at_once_leave_one_signature(cast: Cast) -> None:
    give_role(cast.bob, Role.FRONT_DESK, cast.streets)
    items = list(ChecklistItem.objects.values_list("pk", flat=True))
    form = {"items": ",".join(map(str, items))}

    answers: list[HttpResponse] = at_once(*(partial(as_(who).post, SIGN, form) for who in (cast.fay, cast.bob)))

    assert failures(answers) == []
    assert OpeningCheck.objects.count() == AuditEntry.objects.filter(action="opening_signed").count() == 1
    assert OpeningCheckLine.objects.count() == len(items)


def test_messages_of_one_round_at_once_are_all_counted(cast: Cast) -> None:
    texts = ("One", "Two", "Three", "Four")
    form = {"left_at": "7:42", "who": "510 555 0177", "round": uuid4()}
    posts = [partial(as_(cast.fay).post, MESSAGE, {**form, "title": text, "submission_key": uuid4()}) for text in texts]

    answers: list[HttpResponse] = at_once(*posts)

    assert failures(answers) == []
    assert ServiceRequest.objects.count() == VoicemailCheck.objects.get().logged == len(texts)
