"""Which answers of residents and staff have been kept for as long as their class asks (DOMAIN 3)."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from requests_app.domain.retention import RetentionCode, last_closed_on
from requests_app.domain.surveys import month_of
from requests_app.models import PulseRound, SurveyAnswer
from requests_app.selectors.retention import current_retentions


def answers_past_their_years(now: datetime) -> QuerySet[SurveyAnswer]:
    """Give the answers whose whole month is past the years of their class."""
    return SurveyAnswer.objects.filter(month__lt=month_of(_last_on(now)))


def rounds_past_their_years(now: datetime) -> QuerySet[PulseRound]:
    """Give the rounds of the pulse that closed before the years of their class."""
    return PulseRound.objects.filter(closes_on__lte=_last_on(now))


def _last_on(now: datetime) -> date:
    return last_closed_on(timezone.localdate(now), years=current_retentions()[RetentionCode.SURVEY].years)
