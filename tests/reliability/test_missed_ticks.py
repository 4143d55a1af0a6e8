"""A6: two beats and three workers tell once; with beat off for a day each stage is told once, not once a tick."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import connections

from requests_app.models import Notice, OutgoingMail, StageFiring
from requests_app.services.outgoing_mail import send_due_mail
from requests_app.services.sweeps import sweep_clocks
from tests.reliability.late_requests import OPENING, crowd

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.drill, pytest.mark.postgres]
WORKERS = 3


def test_a6_two_beats_and_three_workers_tell_once(city: None, full_size_drill: bool) -> None:
    late, minutes = (2000, 60) if full_size_drill else (90, 3)
    people = crowd(late=late, departments=3, owners=15)
    # Two beats: each minute comes twice, and whichever worker is free takes it.
    ticks = [OPENING + timedelta(minutes=minute) for minute in range(minutes) for _ in range(2)]
    with ThreadPoolExecutor(WORKERS) as pool:
        for done in [pool.submit(_tick, at) for at in ticks]:
            done.result(timeout=120)
    _tick(OPENING + timedelta(minutes=minutes + 5))
    told = list(Notice.objects.values_list("service_request_id", "recipient_id"))
    assert len(told) == len(set(told))
    assert set(told) == people.expected
    assert len(mail.outbox) == OutgoingMail.objects.filter(status=OutgoingMail.Status.SENT).count()
    print(f"\nA6: {len(ticks)} ticks on {WORKERS} workers: {len(told)} notices, 0 twice, {len(mail.outbox)} mails")


def test_a6_beat_off_for_a_day_tells_each_missed_stage_once(city: None) -> None:
    people = crowd(late=30, departments=3, owners=15)
    next_day = OPENING + timedelta(days=1, hours=2)
    for minute in range(3):
        _tick(next_day + timedelta(minutes=minute))
    fired = StageFiring.objects.values_list("stage", "occurs_on")
    assert set(map(len, _by_clock().values())) == {3}, "became late, its digest, and the further day: once each"
    assert fired.count() == 3 * 30
    told = list(Notice.objects.values_list("service_request_id", "recipient_id"))
    assert len(told) == len(set(told))
    assert set(told) == people.expected


def _by_clock() -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for clock_id, stage in StageFiring.objects.values_list("clock_id", "stage"):
        found.setdefault(clock_id, []).append(stage)
    return found


def _tick(now: datetime) -> None:
    try:
        sweep_clocks(now=now)
        send_due_mail(clock=lambda: now, worker=str(threading.get_ident()))
    finally:
        if threading.current_thread() is not threading.main_thread():
            connections.close_all()
