"""The complaint procedure: phases, the next duty, who decides a review, how it may end."""

from itertools import product

import pytest

from requests_app.domain.complaints import (
    Duty,
    Phase,
    Progress,
    ends_as,
    is_in_writing,
    may_close_as,
    may_decide,
    may_end_unreached,
    needs_attempts,
)
from requests_app.domain.vocabulary import Channel, ComplaintOutcome, Disposition, FollowUpOutcome, Status
from requests_app.domain.workflow import after_follow_up

ORDER = list(Phase)


def progress(**done: bool) -> Progress:
    names = ("is_acknowledged", "is_described", "is_investigating", "is_answered", "is_finished")
    return Progress(**{name: done.get(name.removeprefix("is_"), False) for name in names})


@pytest.mark.parametrize(
    ("done", "phase", "duty"),
    [
        ({}, Phase.RECEIVED, Duty.ACKNOWLEDGE),
        ({"described": True}, Phase.RECEIVED, Duty.ACKNOWLEDGE),
        ({"acknowledged": True}, Phase.ACKNOWLEDGED, Duty.DESCRIBE),
        ({"acknowledged": True, "described": True}, Phase.ACKNOWLEDGED, Duty.INVESTIGATE),
        ({"investigating": True}, Phase.INVESTIGATING, Duty.ACKNOWLEDGE),
        ({"acknowledged": True, "described": True, "investigating": True}, Phase.INVESTIGATING, Duty.ANSWER),
        ({"answered": True}, Phase.ANSWERED, Duty.FOLLOW_UP),
        ({"answered": True, "finished": True}, Phase.FOLLOWED_UP, Duty.NOTHING),
    ],
)
def test_phase_and_duty(done: dict[str, bool], phase: Phase, duty: Duty) -> None:
    assert (progress(**done).phase, progress(**done).next_duty) == (phase, duty)


def test_more_done_never_moves_it_back() -> None:
    for facts in product([False, True], repeat=5):
        for place in range(5):
            more = tuple(fact or at == place for at, fact in enumerate(facts))
            assert ORDER.index(Progress(*more).phase) >= ORDER.index(Progress(*facts).phase)


@pytest.mark.parametrize(
    ("stage", "earlier", "may"),
    [
        (1, [], True),
        (1, [(1, 7)], True),
        (2, [(1, 7)], False),
        (2, [(1, 8)], True),
        (2, [(1, 8), (2, 7)], True),
        (2, [(1, 8), (1, 7)], False),
    ],
)
def test_a_review_is_decided_by_somebody_else(stage: int, earlier: list[tuple[int, int]], may: bool) -> None:
    assert may_decide(stage=stage, actor_id=7, earlier=earlier) is may


@pytest.mark.parametrize(
    ("attempts", "has_contact", "may"), [(0, True, False), (2, True, False), (3, True, True), (0, False, True)]
)
def test_unreached_is_an_end_after_enough_attempts(attempts: int, has_contact: bool, may: bool) -> None:
    assert may_end_unreached(attempts=attempts, needed=3, has_contact=has_contact) is may


def test_only_what_was_no_complaint_ends_without_a_follow_up() -> None:
    ending = {disposition for disposition in Disposition if may_close_as(disposition)}
    assert ending == {Disposition.DUPLICATE, Disposition.SPAM, Disposition.WRONG_NUMBER}


def test_only_being_unreached_needs_attempts() -> None:
    assert [outcome for outcome in FollowUpOutcome if needs_attempts(outcome)] == [FollowUpOutcome.NOT_REACHED]


def test_where_a_follow_up_leads() -> None:
    assert after_follow_up(None) is Status.RESOLVED
    assert after_follow_up(FollowUpOutcome.NOT_RESOLVED) is Status.OPEN
    ends = {after_follow_up(outcome) for outcome in FollowUpOutcome if outcome is not FollowUpOutcome.NOT_RESOLVED}
    assert ends == {Status.CLOSED}


def test_what_was_answered_once_never_ends_without_a_follow_up() -> None:
    assert not any(may_close_as(disposition, was_answered=True) for disposition in Disposition)


@pytest.mark.parametrize("outcome", list(ComplaintOutcome))
def test_it_ends_answered_unless_it_was_taken_back(outcome: ComplaintOutcome) -> None:
    withdrawn = outcome is ComplaintOutcome.WITHDRAWN
    assert ends_as(outcome) is (Disposition.WITHDRAWN if withdrawn else Disposition.ANSWERED)


def test_a_call_is_not_in_writing() -> None:
    spoken = {Channel.PHONE, Channel.VOICEMAIL, Channel.SOCIAL, Channel.COUNCIL, Channel.OPEN311}
    assert {channel for channel in Channel if not is_in_writing(channel)} == spoken
