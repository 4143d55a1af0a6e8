"""A what-if of Human Resources over everything that was logged of late."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from requests_app.domain.periods import Period
from requests_app.domain.replays import Question
from requests_app.models import Replay
from requests_app.selectors.reports.scope import ReportQuery
from requests_app.services.replays import ReplayEntry, ask_replay
from tests.cast import Cast, actor


def let_hana_ask(cast: Cast, *, now: datetime) -> Replay:
    """Ask what four weeks would have been like, closed on Tuesdays and with another number of days."""
    to_on = localdate(now)
    from_on = to_on - timedelta(days=28)
    entry = ReplayEntry(
        question=Question(number=3, closed_weekdays=frozenset({1})),
        query=ReportQuery(period=Period(from_on, to_on), as_of=now),
        address={"from": from_on.isoformat(), "to": to_on.isoformat()},
    )
    return ask_replay(entry, actor=actor(cast.hana), at=now)
