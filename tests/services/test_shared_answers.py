"""Sharing an answer, changing it, and telling its owner that it is to be read again (III.b.iv.4)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from requests_app.domain.periods import Period
from requests_app.domain.placeholders import InvalidText
from requests_app.domain.refusals import ActionRefused
from requests_app.models import AuditEntry, Notice, SharedAnswer, SharedAnswerRevision
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.shared_answers import SharedAnswerFilters, shared_answers, sharing_counts
from requests_app.services.edits import ChangedMeanwhile
from requests_app.services.shared_answer_notices import tell_of_stale_answers
from requests_app.services.shared_answers import TitleTaken, change_shared_answer, share_answer
from tests.cast import Cast, actor
from tests.factories import NOW, AbsenceFactory
from tests.shared_answer_cases import PERMIT, permit_entry, shared

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
WEEK = Period(TODAY, TODAY + 6 * DAY)


def test_a_second_click_shares_it_once_and_another_of_that_title_is_refused(cast: Cast) -> None:
    first = shared(cast.bob)

    assert shared(cast.bob) == first
    assert first.texts == PERMIT
    with pytest.raises(TitleTaken):
        share_answer(permit_entry(cast.alice, texts={"en": "Another"}), actor=actor(cast.alice), at=NOW)
    assert SharedAnswerRevision.objects.count() == SharedAnswer.objects.count() == 1
    assert AuditEntry.objects.filter(action="shared_answer_added").count() == 1


def test_nobody_of_the_roster_shares_nothing(cast: Cast) -> None:
    with pytest.raises(ActionRefused):
        share_answer(permit_entry(cast.bob), actor=SYSTEM, at=NOW)


def test_other_words_make_a_version_and_another_date_does_not(cast: Cast) -> None:
    answer, bob = shared(cast.bob), actor(cast.bob)

    later = permit_entry(cast.bob, review_by=date(2028, 1, 3))
    changed = change_shared_answer(answer.pk, later, seen=1, actor=bob, at=NOW + DAY)
    other = replace(later, texts={"en": "Permits are $25."})
    changed = change_shared_answer(answer.pk, other, seen=2, actor=bob, at=NOW + 2 * DAY)
    change_shared_answer(answer.pk, other, seen=1, actor=bob, at=NOW + 3 * DAY)  # the same again

    assert changed.version == 3
    assert [row.version for row in answer.revisions.all()] == [3, 1]
    assert AuditEntry.objects.filter(action="shared_answer_changed").count() == 2


def test_whoever_saves_second_is_told_and_nothing_is_overwritten(cast: Cast) -> None:
    answer = shared(cast.bob)
    change_shared_answer(
        answer.pk, permit_entry(cast.bob, texts={"en": "First"}), seen=1, actor=actor(cast.bob), at=NOW
    )

    with pytest.raises(ChangedMeanwhile):
        change_shared_answer(
            answer.pk, permit_entry(cast.bob, texts={"en": "Second"}), seen=1, actor=actor(cast.ada), at=NOW
        )
    answer.refresh_from_db()
    assert answer.texts == {"en": "First"}


@pytest.mark.parametrize(
    ("who", "may"), [("bob", True), ("sam", True), ("ada", True), ("alice", False), ("hana", False)]
)
def test_its_owner_who_leads_them_and_an_administrator_change_it(cast: Cast, who: str, may: bool) -> None:
    answer = shared(cast.bob)
    entry = permit_entry(cast.bob, is_active=False)
    by = actor(getattr(cast, who))

    if may:
        assert not change_shared_answer(answer.pk, entry, seen=1, actor=by, at=NOW).is_active
    else:
        with pytest.raises(ActionRefused):
            change_shared_answer(answer.pk, entry, seen=1, actor=by, at=NOW)


def test_a_text_that_cannot_be_filled_in_is_not_kept(cast: Cast) -> None:
    with pytest.raises(InvalidText):
        shared(cast.bob, texts={"en": "Dear {neighbour}"})

    assert not SharedAnswer.objects.exists()


def test_it_is_found_by_its_words_whatever_the_accents(cast: Cast) -> None:
    found = shared(cast.bob)
    shared(cast.alice, title="Bulky waste", texts={"en": "Call the hauler."})

    def fitting(words: str, part: str = "") -> list[SharedAnswer]:
        return list(shared_answers(SharedAnswerFilters(words, part), today=TODAY))

    assert fitting("numero PERMISO") == fitting("parking") == [found]
    assert fitting("bulky permit") == []
    assert fitting("", "stale") == fitting("", "retired") == []


def test_its_owner_is_told_once_that_it_is_to_be_read_again(cast: Cast) -> None:
    shared(cast.bob, review_by=TODAY)
    shared(cast.alice, title="Bulky waste", review_by=TODAY + DAY)

    assert [tell_of_stale_answers(now=NOW), tell_of_stale_answers(now=NOW)] == [1, 0]
    notice = Notice.objects.get(kind=Notice.Kind.STALE_ANSWER)
    assert notice.recipient == cast.bob
    assert "“How do I get a parking permit?” was to be read again by Mon 23 Nov." in notice.text


def test_who_leads_an_owner_who_is_away_is_told_instead(cast: Cast) -> None:
    shared(cast.bob, review_by=TODAY)
    AbsenceFactory.create(employee=cast.bob, starts_at=NOW - DAY, ends_at=NOW + DAY, recorded_at=NOW - DAY)

    assert tell_of_stale_answers(now=NOW) == 1
    assert Notice.objects.get(kind=Notice.Kind.STALE_ANSWER).recipient == cast.sam


def test_what_is_shared_is_counted_by_version_and_by_person(cast: Cast) -> None:
    answer = shared(cast.bob)
    shared(cast.alice, title="Bulky waste")
    change_shared_answer(
        answer.pk, permit_entry(cast.bob, texts={"en": "$25"}), seen=1, actor=actor(cast.bob), at=NOW + 9 * DAY
    )

    counts = sharing_counts(WEEK)

    assert (counts.contributions, counts.contributors, counts.uses) == (2, 2, 0)
    assert sharing_counts(Period(TODAY, TODAY + 9 * DAY)).contributions == 3
