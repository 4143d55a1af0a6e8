"""Two clicks on "Send" record one answer; two sweeps at once ask a person once, whatever they were about."""

from datetime import datetime, timedelta
from functools import partial

import pytest

from requests_app.domain.surveys import Question
from requests_app.models import OutgoingMail, SurveyAnswer, SurveyInvitation
from requests_app.selectors.survey_links import token_of
from requests_app.services.surveys import AnswerGiven, AskedLately, Receipt, invite_by_mail, record_survey_answer
from tests.cast import Cast
from tests.concurrency.conftest import at_once, failures
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
