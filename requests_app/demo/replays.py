"""Two what-ifs of Human Resources, so that the page has something to show."""

from datetime import datetime, timedelta

from django.utils import timezone

from requests_app.demo.roster import Roster
from requests_app.domain.periods import Month, Period
from requests_app.domain.replays import Question
from requests_app.domain.vocabulary import Milestone
from requests_app.selectors.access import actor_for_employee
from requests_app.selectors.reports.scope import ReportQuery
from requests_app.services.replays import ReplayEntry, ask_replay

_FRIDAY = 4
_QUESTIONS = (Question(closed_weekdays=frozenset({_FRIDAY})), Question(number=2))


def seed_replays(roster: Roster, *, until_at: datetime) -> None:
    """Ask of the month before what being closed on Fridays and what two days for everything would have meant."""
    period = Period.of_month(Month.of(timezone.localdate(until_at)).plus(-1))
    asked = {"from": period.from_on.isoformat(), "to": period.to_on.isoformat()}
    query = ReportQuery(period=period, as_of=until_at, milestone=Milestone.RESPONSE.value)
    for offset, question in enumerate(_QUESTIONS):
        entry = ReplayEntry(question=question, query=query, address=asked)
        ask_replay(entry, actor=actor_for_employee(roster.by_login["hr"]), at=until_at - timedelta(minutes=5 - offset))
