"""Feedback with texts as hostile as they come, in as many departments and months as a page shows."""

from datetime import date, datetime
from uuid import UUID

from requests_app.domain.surveys import month_of
from requests_app.models import PulseRound, PulseSeat, PulseTally, SurveyAnswer
from tests.cast import Cast


def hear_back(cast: Cast, *, now: datetime, text: str) -> None:
    """Let residents answer in three months, and hold one round that is over and one that runs."""
    month = month_of(now.date())
    for number in range(18):
        SurveyAnswer.objects.create(
            id=UUID(int=number),
            department=(cast.streets, cast.public_works, cast.finance)[number % 3],
            route="mail",
            channel="phone",
            language="zh",
            month=date(month.year, month.month - number % 3, 1),
            respect=1 + number % 5,
            clear=5,
            comment=text,
        )
    for opens_on, closes_on in ((date(2026, 1, 5), date(2026, 1, 19)), (now.date(), date(2027, 1, 4))):
        held = PulseRound.objects.create(opens_on=opens_on, closes_on=closes_on, questions=["respect"], opened_at=now)
        for person in (cast.alice, cast.bob, cast.charlie):
            PulseSeat.objects.create(round=held, employee=person, department=cast.public_works, is_used=True)
        PulseTally.objects.create(round=held, department=cast.public_works, question="respect", score=4, count=3)
