"""A worker that destroys records is killed at any moment: nothing goes early, nothing is half gone, nothing is left."""

import random
import subprocess
import sys
from datetime import datetime

import pytest

from requests_app.models import DisposalItem, DisposalList, Interaction, ServiceRequest
from requests_app.services.destruction import GONE
from tests.cast import Cast
from tests.factories import NOW
from tests.records_of_old import LATER, WORD, closed_request, resolved_disposal
from tests.reliability.processes import READY, environment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.drill]
_SCRIPT = """
import sys
from datetime import datetime
import django
django.setup()
from requests_app.selectors.access import SYSTEM
from requests_app.services.destruction import destroy_listed
at = datetime.fromisoformat(sys.argv[2])
print("ready", flush=True)
destroy_listed(disposal_id=int(sys.argv[1]), actor=SYSTEM, clock=lambda: at, report=lambda done, total: None)
"""


def test_a_destruction_killed_again_and_again_ends_with_every_request_gone_once(
    cast: Cast, transactional_db: None, full_size_drill: bool
) -> None:
    requests, most_kills = (200, 60) if full_size_drill else (12, 6)
    for number in range(requests):
        closed_request(cast, at=NOW, name=f"Resident {number}")
    at = NOW + LATER
    disposal = resolved_disposal(cast, at=at)
    chance, kills = random.Random(3), 0
    while kills < most_kills and not _is_done(disposal):
        kills += _run_for(disposal.pk, at, chance.uniform(0, 0.25))
        _everything_is_whole_or_gone()
    while not _is_done(disposal):
        _run_for(disposal.pk, at, 120)
    _everything_is_whole_or_gone()
    assert DisposalItem.objects.filter(destroyed_at=at).count() == requests
    assert not Interaction.objects.exclude(text="").exists()
    print(f"\nkilled {kills} times among {requests} requests: 0 half gone, 0 left")


def _run_for(disposal_id: int, at: datetime, seconds: float) -> bool:
    """Let a process destroy for a while, then kill it; says whether it was still at it."""
    command = [sys.executable, "-c", _SCRIPT, str(disposal_id), at.isoformat()]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == READY
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return True
    assert process.returncode == 0
    return False


def _is_done(disposal: DisposalList) -> bool:
    disposal.refresh_from_db()
    return disposal.state == "destroyed"


def _everything_is_whole_or_gone() -> None:
    """Hold each request against its line on the certificate."""
    for item in DisposalItem.objects.select_related("service_request"):
        found: ServiceRequest = item.service_request
        words = set(found.interactions.values_list("text", flat=True))
        if item.destroyed_at:
            assert (found.title, words, found.destroyed_at) == (GONE, {""}, item.destroyed_at)
            assert item.content_hash
        else:
            assert WORD in found.title
            assert all(words)
            assert found.destroyed_at is None
