"""Suggestions of staff: who is told, who decides, and that a nameless one names nobody (III.a.v, III.c.iii)."""

from datetime import date, timedelta
from typing import Any

import pytest

from requests_app.domain.refusals import ActionRefused
from requests_app.models import AuditEntry, Improvement, Notice, OutgoingMail
from requests_app.selectors.access import SYSTEM
from requests_app.services.choices import change_choice
from requests_app.services.improvements import (
    DecidedAlready,
    ImprovementEntry,
    comment_on_improvement,
    decide_improvement,
    finish_improvement,
    propose_improvement,
)
from tests.cast import Cast, actor
from tests.factories import NOW, ServiceRequestFactory
from tests.improvement_cases import make_improvement


def entry(cast: Cast, **facts: Any) -> ImprovementEntry:
    known = {"title": "A sign", "text": "At the side door", "department_id": cast.streets.pk}
    return ImprovementEntry(**{**known, **facts})


def told() -> list[tuple[str, str]]:
    rows = Notice.objects.filter(kind=Notice.Kind.SUGGESTION).order_by("pk")
    return [(row.recipient.name.split()[0], row.text.splitlines()[0]) for row in rows]


def test_the_nearest_head_is_told_by_when_it_is_to_be_decided(cast: Cast) -> None:
    bob = actor(cast.bob)
    first = propose_improvement(entry(cast), actor=bob, at=NOW)
    assert propose_improvement(entry(cast), actor=bob, at=NOW) == first
    # 30 business days from Mon 23 Nov: Thanksgiving, the day after, Christmas Eve and Christmas, New Year lie between.
    assert first.due_on == date(2027, 1, 11)
    assert told() == [("Dora", "To be decided by Mon 11 Jan 2027: A sign")]
    change_choice("suggestion_decision_business_days", 5, actor=actor(cast.ada), at=NOW)
    assert propose_improvement(entry(cast, title="Another"), actor=bob, at=NOW).due_on == date(2026, 12, 2)
    propose_improvement(entry(cast, title="Of a head"), actor=actor(cast.dora), at=NOW)
    assert told()[-1] == ("Max", "To be decided by Wed 2 Dec: Of a head")


def test_a_nameless_one_names_nobody_anywhere(cast: Cast) -> None:
    row = propose_improvement(entry(cast, is_anonymous=True), actor=actor(cast.bob), at=NOW)
    assert row.proposed_by is None
    assert AuditEntry.objects.get(action="improvement_proposed").actor is None
    said = " ".join(
        [*Notice.objects.values_list("text", flat=True), *OutgoingMail.objects.values_list("body", flat=True)]
    )
    assert "Bob" not in said
    decide_improvement(improvement_id=row.pk, is_adopted=True, reason="Cheap", actor=actor(cast.dora), at=NOW)
    assert [name for name, _text in told()] == ["Dora"]


def test_it_is_decided_once_with_a_reason_the_proposer_hears(cast: Cast) -> None:
    row, dora = make_improvement(cast.bob, now=NOW), actor(cast.dora)
    for _click in range(2):
        decide_improvement(improvement_id=row.pk, is_adopted=True, reason="Cheap", actor=dora, at=NOW)
    with pytest.raises(DecidedAlready):
        decide_improvement(improvement_id=row.pk, is_adopted=False, reason="No", actor=actor(cast.hana), at=NOW)
    for _click in range(2):
        finish_improvement(improvement_id=row.pk, note="It hangs", actor=dora, at=NOW + timedelta(days=2))
    assert told() == [("Bob", "Adopted: A sign at the side door"), ("Bob", "Done: A sign at the side door")]
    assert "Cheap" in Notice.objects.earliest("pk").text
    row.refresh_from_db()
    assert (row.state, row.decided_on, row.done_on) == ("done", date(2026, 11, 23), date(2026, 11, 25))
    assert list(AuditEntry.objects.filter(object_kind="improvement").values_list("action", flat=True)) == [
        "improvement_decided", "improvement_done",
    ]  # fmt: skip


def test_nobody_decides_their_own_nor_without_the_role(cast: Cast) -> None:
    own = make_improvement(cast.dora, now=NOW)
    others = make_improvement(cast.bob, now=NOW, department=cast.finance)
    for row, who in ((own, cast.dora), (others, cast.dora), (others, cast.sam), (others, cast.ada)):
        with pytest.raises(ActionRefused):
            decide_improvement(improvement_id=row.pk, is_adopted=True, reason="Cheap", actor=actor(who), at=NOW)
    with pytest.raises(DecidedAlready):
        finish_improvement(improvement_id=own.pk, note="Done", actor=actor(cast.hana), at=NOW)
    assert not Improvement.objects.exclude(state="open").exists()


def test_it_comes_from_an_ordinary_request_only_and_from_somebody(cast: Cast) -> None:
    restricted = ServiceRequestFactory.create(confidentiality="confidential")
    with pytest.raises(ActionRefused):
        propose_improvement(entry(cast, service_request=restricted), actor=actor(cast.hana), at=NOW)
    with pytest.raises(ActionRefused):
        propose_improvement(entry(cast), actor=SYSTEM, at=NOW)


def test_the_same_comment_twice_is_said_once(cast: Cast) -> None:
    row = make_improvement(cast.bob, now=NOW)
    for text in ("Yes", "Yes", "And soon"):
        comment_on_improvement(improvement_id=row.pk, text=text, actor=actor(cast.alice), at=NOW)
    assert [comment.text for comment in row.comments.all()] == ["Yes", "And soon"]
