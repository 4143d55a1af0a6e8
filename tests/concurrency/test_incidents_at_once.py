"""Two people answer one incident at the same moment: each report is answered once."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse

from requests_app.domain.vocabulary import AnswerKind
from requests_app.models import Incident, Interaction, ServiceRequest
from requests_app.services.incidents import link_report
from tests.cast import Cast, actor
from tests.concurrency.conftest import Log, at_once, failures
from tests.views.log_form import as_

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_two_who_answer_at_once_answer_each_report_once(cast: Cast, log: Log, now: datetime, time_machine: Any) -> None:
    time_machine.move_to(now, tick=False)
    known = {"title": "Power out", "text": "Out.", "text_es": "Sin luz.", "opened_at": now, "opened_by": cast.fay}
    outage = Incident.objects.create(key=uuid4(), **known)
    for title in ("One", "Two", "Three"):
        link_report(request_id=log(title).pk, incident_id=outage.pk, actor=actor(cast.fay), at=now)
    form = {"text": "Back.", "text_es": "Ya volvió.", "told_by": "phone", "disposition": "done"}
    address = f"{outage.get_absolute_url()}answer/"

    answers: list[HttpResponse] = at_once(*(partial(as_(who).post, address, form) for who in (cast.fay, cast.sam)))

    assert failures(answers) == []
    assert Interaction.objects.filter(answer=AnswerKind.FULL).count() == 3
    assert not ServiceRequest.objects.filter(closed_at__isnull=True).exists()
