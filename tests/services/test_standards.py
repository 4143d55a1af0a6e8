"""Which standard judges a contact: the version in force when it was received, whoever asks."""

from datetime import UTC, date, datetime, timedelta

from requests_app.domain.vocabulary import Verdict
from requests_app.models import ServiceStandard
from requests_app.selectors.access import SYSTEM
from requests_app.services.calendars import recompute_open_clocks
from tests.cast import Cast
from tests.services.conftest import Log

A_DAY = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)  # Tue 24 Nov, 5:00 pm in Pinole


def two_days_from_tomorrow() -> ServiceStandard:
    """Amend the phone standard: two business days from Tue 24 Nov 2026 on."""
    amended = ServiceStandard.objects.get(code="phone_response")
    amended.pk, amended.version, amended.number = None, 2, 2
    amended.effective_from = date(2026, 11, 24)
    amended.save(force_insert=True)
    return amended


def test_an_amendment_leaves_what_was_received_before_it_alone(cast: Cast, log: Log, now: datetime) -> None:
    before = log().clocks.get()
    amended = two_days_from_tomorrow()
    still_today = log().clocks.get()

    recompute_open_clocks(calendar_id=amended.calendar_id, actor=SYSTEM, at=now)

    before.refresh_from_db()
    assert (before.due_at, before.standard.version) == (A_DAY, 1)
    assert (still_today.due_at, still_today.standard.version) == (A_DAY, 1)


def test_a_contact_received_under_the_amendment_is_judged_by_it(cast: Cast, log: Log, now: datetime) -> None:
    two_days_from_tomorrow()

    clock = log(received_at=now - timedelta(days=1)).clocks.get()
    assert clock.standard.version == 1

    ServiceStandard.objects.filter(version=2).update(effective_from=date(2026, 11, 23))
    amended = log().clocks.get()
    assert (amended.standard.version, amended.due_at) == (2, datetime(2026, 11, 26, 1, 0, tzinfo=UTC))


def test_a_colleague_who_owns_their_own_request_is_owed_an_answer_all_the_same(
    cast: Cast, log: Log, now: datetime
) -> None:
    found = log(is_from_colleague=True, colleague_id=cast.alice.pk, for_employee_id=cast.alice.pk)

    clock = found.clocks.get()
    assert (found.owner, found.colleague) == (cast.alice, cast.alice)
    assert (clock.verdict, clock.clause) == (Verdict.OPEN, "III.b.iv.3")
