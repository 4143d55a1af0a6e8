"""Two workers that seal one month at the same moment: one packet, one entry of evidence, and both report it."""

from datetime import datetime, timedelta
from functools import partial

import pytest

from requests_app.domain.periods import Month
from requests_app.models import AuditEntry, Packet
from requests_app.selectors.packets import known_until
from requests_app.services.packets import Counted, seal_packet
from tests.cast import Cast, actor
from tests.concurrency.conftest import at_once, failures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
OCTOBER = Month(2026, 10)


def counted(met: int) -> Counted:
    """Give a month as a worker has counted and drawn it."""
    figures = {"clocks": [{"standard": "phone_response", "met": met}], "contacts": []}
    data = {"month": str(OCTOBER), "as_of": f"of {met}", "figures": figures, "clocks": []}
    return Counted(data, {"report.pdf": b"%PDF"}, "program 0, layout 0")


def test_of_two_who_seal_one_month_one_wins_and_the_other_reports_the_same_packet(cast: Cast, now: datetime) -> None:
    seal = partial(seal_packet, month=OCTOBER, as_of=known_until(now), actor=actor(cast.hana), at=now)
    results = at_once(*[partial(seal, counted=counted(5))] * 4)
    assert failures(results) == []
    assert len({packet.pk for packet, _is_new in results}) == 1
    assert sorted(is_new for _packet, is_new in results) == [False, False, False, True]
    assert Packet.objects.count() == AuditEntry.objects.filter(action="packet_sealed").count() == 1


def test_of_other_figures_each_becomes_a_revision_that_follows_the_other(cast: Cast, now: datetime) -> None:
    seal = partial(seal_packet, month=OCTOBER, as_of=known_until(now), actor=actor(cast.hana))
    results = at_once(
        partial(seal, counted=counted(5), at=now), partial(seal, counted=counted(6), at=now + timedelta(minutes=1))
    )
    assert failures(results) == []
    assert all(is_new for _packet, is_new in results)
    first, second = Packet.objects.order_by("revision")
    assert (first.revision, second.revision) == (1, 2)
    assert second.changes["figures"][0]["what"] == "met"
