"""A7: on the nights that change the clocks nothing is missed and nothing doubled."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from requests_app.models import Notice, OutgoingMail, StageFiring
from requests_app.services.sweeps import fire_due_stages
from requests_app.services.watchdog import run_watchdog
from tests.cast import Cast
from tests.factories import ServiceRequestFactory, start_clock_row

EIGHT_O_CLOCK = time.min.replace(hour=8)
AUTUMN, SPRING = "2026-10-31T00:00+00:00", "2027-03-13T01:00+00:00"


@pytest.mark.parametrize("friday_closes", [AUTUMN, SPRING], ids=["autumn", "spring"])
def test_a7_over_the_night_each_stage_fires_once(cast: Cast, friday_closes: str) -> None:
    due_at = datetime.fromisoformat(friday_closes)
    service_request = ServiceRequestFactory.create(
        department=cast.streets, owner=cast.alice, received_at=due_at - timedelta(days=2)
    )
    start_clock_row(service_request, due_at=due_at)
    for hour in range(-10, 92):
        fire_due_stages(now=due_at + timedelta(hours=hour))
    told = Notice.objects.filter(recipient=cast.sam).order_by("pk").values_list("firing__stage", flat=True)
    assert list(told) == ["late_digest", "still_late"]
    fired_at = dict(StageFiring.objects.values_list("stage", "occurs_at"))
    assert timezone.localtime(fired_at["became_late"]).time() == EIGHT_O_CLOCK


@pytest.mark.parametrize("friday_closes", [AUTUMN, SPRING], ids=["autumn", "spring"])
def test_a7_the_watchdog_tells_once_a_local_business_day(cast: Cast, friday_closes: str) -> None:
    start = datetime.fromisoformat(friday_closes)
    for tick in range(6 * 92):
        run_watchdog(now=start + timedelta(minutes=10 * tick))
    days = [timezone.localdate(mail.created_at).isoformat() for mail in OutgoingMail.objects.order_by("pk")]
    friday = timezone.localdate(start)
    assert days == [(friday + timedelta(days=after)).isoformat() for after in (0, 3, 4)]
