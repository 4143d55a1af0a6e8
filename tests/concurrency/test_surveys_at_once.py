"""Two clicks on "Send" record one answer; two sweeps at once ask a person once, whatever they were about."""

from datetime import datetime, timedelta
from functools import partial

import pytest

from requests_app.domain.pulses import PulseQuestion
from requests_app.domain.surveys import Question
from requests_app.models import OutgoingMail, PulseTally, SurveyAnswer, SurveyInvitation
from requests_app.selectors.survey_links import token_of
from requests_app.services.pulses import Taken, answer_pulse
from requests_app.services.surveys import AnswerGiven, AskedLately, Receipt, invite_by_mail, record_survey_answer
from tests.cast import Cast, actor
from tests.concurrency.conftest import at_once, failures
from tests.selectors.test_feedback_figures import opened
from tests.services.test_surveys import closed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_an_answer_sent_in_several_times_at_once_is_kept_once(cast: Cast, now: datetime) -> None:
    about = closed(cast, now - timedelta(hours=3))
    invitation = invite_by_mail(request_id=about.pk, at=now)
    assert invitation
    given = AnswerGiven(scores={Question.RESPECT: 5})
    results = at_once(*[partial(record_survey_answer, token=token_of(invitation), given=given, at=now)] * 6)
    assert failures(results) == []
    assert sorted(results) == sorted([Receipt.RECORDED, *[Receipt.ALREADY] * 5])
    assert SurveyAnswer.objects.count() == 1


def test_a_person_with_several_closed_requests_is_asked_once(cast: Cast, now: datetime) -> None:
    first = closed(cast, now - timedelta(hours=3))
    rows = [first, closed(cast, now - timedelta(hours=3), address="", customer=first.customer)]
    rows += [closed(cast, now - timedelta(hours=3)) for _ in range(2)]
    results = at_once(*[partial(invite_by_mail, request_id=row.pk, at=now) for row in (*rows, first)])
    assert failures(results, AskedLately) == []
    assert SurveyInvitation.objects.count() == OutgoingMail.objects.count() == 1


def test_a_colleague_who_clicks_several_times_is_counted_once(cast: Cast, now: datetime) -> None:
    one = opened(cast, now)
    scores = {PulseQuestion.RESPECT: 4}
    people = [cast.alice, cast.alice, cast.alice, cast.bob, cast.sam]
    results = at_once(
        *[partial(answer_pulse, round_id=one.pk, scores=scores, actor=actor(each), at=now) for each in people]
    )
    assert failures(results) == []
    assert results.count(Taken.RECORDED) == 3
    assert PulseTally.objects.get().count == 3
