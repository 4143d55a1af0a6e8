"""Destroy what was answered once its years are full, on a council resolution (Cal. Gov. Code 34090, III.c.ii)."""

from datetime import datetime

from django.db import transaction

from requests_app.domain.vocabulary import Role
from requests_app.domain.workflow import ActionRefused, Refusal
from requests_app.models import SurveyAnswer
from requests_app.selectors.access import Actor
from requests_app.selectors.survey_retention import answers_past_their_years, rounds_past_their_years
from requests_app.services.events import record_audit


@transaction.atomic
def destroy_old_feedback(*, resolution: str, actor: Actor, at: datetime) -> int:
    """Delete the answers and rounds past their years, and give how many; nothing to delete leaves no trace.

    Who was asked stays with its request. Raises ActionRefused for whoever is not of Human Resources.
    """
    if not actor.holds(Role.HR):
        raise ActionRefused(Refusal.ROLE)
    answers, rounds = answers_past_their_years(at), rounds_past_their_years(at)
    counts = {"answers": answers.count(), "rounds": rounds.count()}
    gone = sum(counts.values())
    if gone:
        answers.delete()
        rounds.delete()
        fields = {"resolution": resolution, **counts}
        record_audit("feedback_destroyed", SurveyAnswer, actor=actor, at=at, count=gone, fields=fields)
    return gone
