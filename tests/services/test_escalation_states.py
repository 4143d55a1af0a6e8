"""Every act in every state of an escalation, and by everybody: allowed by the rules, or refused with its reason."""

from collections.abc import Callable
from datetime import datetime

import pytest

from requests_app.domain.refusals import Refusal
from requests_app.models import Employee, Escalation
from requests_app.services.escalations import accept_escalation, answer_escalation, send_back_escalation
from tests.cast import Cast, actor
from tests.escalating import refusal_of, send
from tests.factories import ServiceRequestFactory


@pytest.fixture
def sent(cast: Cast, now: datetime) -> Escalation:
    """Alice's, which went to Sam."""
    return send(ServiceRequestFactory.create(department=cast.streets, owner=cast.alice), cast.alice, now)


ACTS: dict[str, Callable[[int, Employee, datetime], object]] = {
    "accept": lambda pk, who, at: accept_escalation(escalation_id=pk, actor=actor(who), at=at),
    "send_back": lambda pk, who, at: send_back_escalation(escalation_id=pk, reason="No", actor=actor(who), at=at),
    "answer": lambda pk, who, at: answer_escalation(escalation_id=pk, answer="Yes", actor=actor(who), at=at),
}
# State, and what the one who has it may do there; everything else is refused.
OFFERED = {
    "waiting": {"accept", "send_back"}, "accepted": {"accept", "answer"}, "sent_back": set(), "answered": set(),
    "climbed": set(), "withdrawn": set(),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", OFFERED)
def test_in_every_state_only_what_the_rules_allow(
    cast: Cast, sent: Escalation, now: datetime, state: str, act: str
) -> None:
    if state in ("accepted", "answered"):
        accept_escalation(escalation_id=sent.pk, actor=actor(cast.sam), at=now)
    if state not in ("waiting", "accepted"):
        reasons = {"sent_back_reason": "No"} if state == "sent_back" else {}
        Escalation.objects.filter(pk=sent.pk).update(**{f"{state}_at": now}, **reasons)
    if act in OFFERED[state]:
        ACTS[act](sent.pk, cast.sam, now)
    else:
        assert refusal_of(lambda: ACTS[act](sent.pk, cast.sam, now)) is Refusal.ESCALATION_STATE


@pytest.mark.parametrize("act", ["accept", "send_back"])
@pytest.mark.parametrize("who", ["alice", "bob", "dora", "hana"])
def test_only_who_received_it_accepts_or_sends_back(
    cast: Cast, sent: Escalation, now: datetime, who: str, act: str
) -> None:
    assert refusal_of(lambda: ACTS[act](sent.pk, getattr(cast, who), now)) is Refusal.ESCALATION_NOT_YOURS
