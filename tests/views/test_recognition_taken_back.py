"""Thanks, commendations and awards given in error are taken back with a reason; earlier days keep them (III.d.iii)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from requests_app.domain.periods import Period
from requests_app.domain.recognition import RecognitionKind
from requests_app.domain.refusals import ActionRefused
from requests_app.models import AuditEntry, Award, ColleagueThanks, Commendation, Notice, ServiceRequest
from requests_app.selectors.reports.choices import report_choices
from requests_app.selectors.reports.scope import ReportQuery, report_scope
from requests_app.selectors.scorecard.question import Question
from requests_app.selectors.scorecard.recognising import rewards
from requests_app.services.recognition import AwardEntry, give_award, thank_colleague, withdraw_recognition
from tests.cast import Cast, actor
from tests.factories import NOW
from tests.views.log_form import as_, text_of
from tests.views.test_recognition import PAGE, REGISTER, commended, links_in

TODAY = date(2026, 11, 23)
LATER = NOW + timedelta(days=3)
WHY = "It was Alice who stayed"


@pytest.fixture(autouse=True)
def three_days_later(time_machine: Any) -> None:
    time_machine.move_to(LATER, tick=False)


@pytest.fixture
def given(cast: Cast) -> dict[str, int]:
    """Bob has thanks of Charlie's, a commendation and an award, all of Monday; give their numbers."""
    thanks = thank_colleague(employee_id=cast.bob.pk, text="You stayed", actor=actor(cast.charlie), at=NOW)
    entry = AwardEntry(employee_id=cast.bob.pk, name="Of the year", occasion="The storm", on=TODAY)
    award = give_award(entry, actor=actor(cast.hana), at=NOW)
    Notice.objects.all().delete()
    return {"thanks": thanks.pk, "award": award.pk, "commendation": commended(cast).pk}


def take_back(cast: Cast, who: str, kind: str, pk: int, reason: str = WHY) -> Any:
    return as_(getattr(cast, who)).post(f"{PAGE}{kind}/{pk}/take-back/", {"reason": reason})


def counted(cast: Cast, query: str = "") -> list[str]:
    return [number for _url, number in links_in(text_of(as_(cast.hana).get(REGISTER + query)))[-3:]]


@pytest.mark.parametrize(
    ("kind", "able"),
    [
        ("thanks", {"charlie", "hana", "max"}),
        ("award", {"hana", "max"}),
        ("commendation", {"hana", "sam", "dora"}),
    ],
)
def test_who_gave_it_or_keeps_the_register_takes_it_back(
    cast: Cast, given: dict[str, int], kind: str, able: set[str]
) -> None:
    for who in ("bob", "alice", "ada", "otto", "fay"):
        assert take_back(cast, who, kind, given[kind]).status_code == 404
        with pytest.raises(ActionRefused):
            withdraw_recognition(
                RecognitionKind(kind), given[kind], reason=WHY, actor=actor(getattr(cast, who)), at=LATER
            )
    seen = {
        who
        for who in ("alice", "charlie", "sam", "dora", "max", "hana")
        if as_(getattr(cast, who)).get(f"{PAGE}{kind}/{given[kind]}/take-back/").status_code == 200
    }
    assert seen == able


def rewarded_as_of(cast: Cast, at: datetime) -> list[int]:
    """Give how many commendations and awards of November the scorecard counts as it stood at an instant."""
    who = actor(cast.hana)
    scope = report_scope(who)
    query = ReportQuery(period=Period(date(2026, 11, 1), date(2026, 11, 30)), as_of=at)
    question = Question(actor=who, scope=scope, query=query, choices=report_choices(scope, now=at))
    return [figure.series.now.part for figure in rewards(question)]


@pytest.mark.parametrize("kind", ["thanks", "award", "commendation"])
def test_it_counts_no_longer_is_told_once_and_stays_on_record(cast: Cast, given: dict[str, int], kind: str) -> None:
    assert counted(cast) == ["1", "1", "1"]
    for _click in range(2):
        assert take_back(cast, "hana", kind, given[kind]).status_code == 302
    place = ["commendation", "thanks", "award"].index(kind)
    assert counted(cast) == ["0" if n == place else "1" for n in range(3)]
    assert counted(cast, "?standing=withdrawn") == ["1" if n == place else "0" for n in range(3)]
    assert AuditEntry.objects.filter(action=f"{kind}_withdrawn").count() == 1
    told = {row.recipient.name: row.text for row in Notice.objects.filter(kind="withdrawn")}
    assert told == {
        "Bob Teammate": f"Given in error, and taken back: {WHY}",
        "Sam Supervisor": f"Bob Teammate:\nGiven in error, and taken back: {WHY}",
    }
    rows = text_of(as_(cast.hana).get(f"{REGISTER}{kind}/?standing=withdrawn"))
    assert WHY in rows
    written = b"".join(as_(cast.hana).get(f"{REGISTER}{kind}/?standing=withdrawn&format=csv")).decode()
    assert f"2026-11-26,{WHY}" in written


def test_a_day_before_keeps_what_was_taken_back_since(cast: Cast, given: dict[str, int]) -> None:
    for kind, pk in given.items():
        take_back(cast, "hana", kind, pk)
    for as_of, standing, gone in (
        ("2026-11-22", "0", "0"), ("2026-11-23", "1", "0"), ("2026-11-25", "1", "0"), ("2026-11-26", "0", "1"),
    ):  # fmt: skip
        assert counted(cast, f"?as_of={as_of}") == [standing] * 3, as_of
        assert counted(cast, f"?as_of={as_of}&standing=withdrawn") == [gone] * 3, as_of
    assert [rewarded_as_of(cast, at) for at in (NOW + timedelta(hours=1), LATER)] == [[1, 1], [0, 0]]


def test_whoever_had_got_it_reads_it_no_longer_and_who_gave_it_still_does(cast: Cast, given: dict[str, int]) -> None:
    for kind, pk in given.items():
        take_back(cast, "hana", kind, pk)
    bob = text_of(as_(cast.bob).get(PAGE)) + text_of(as_(cast.bob).get("/commendations/"))
    assert not any(words in bob for words in ("You stayed", "Of the year", "So kind"))
    charlie = text_of(as_(cast.charlie).get(PAGE))
    assert "You stayed" in charlie
    assert WHY in charlie
    assert WHY in text_of(as_(cast.sam).get("/commendations/"))
    assert "withheld" in text_of(as_(cast.otto).get(f"{REGISTER}thanks/?standing=withdrawn"))
    assert WHY not in text_of(as_(cast.otto).get(f"{REGISTER}thanks/?standing=withdrawn"))


def test_it_may_be_given_anew(cast: Cast, given: dict[str, int]) -> None:
    for kind in ("thanks", "award"):
        take_back(cast, "hana", kind, given[kind])
    again = thank_colleague(employee_id=cast.bob.pk, text="You stayed", actor=actor(cast.charlie), at=NOW)
    entry = AwardEntry(employee_id=cast.bob.pk, name="Of the year", occasion="The storm", on=TODAY)
    assert give_award(entry, actor=actor(cast.hana), at=NOW).pk != given["award"]
    assert again.pk != given["thanks"]
    assert (Award.objects.count(), ColleagueThanks.objects.count()) == (2, 2)


def test_a_reason_is_asked_for_and_a_draft_is_no_commendation_yet(cast: Cast, given: dict[str, int]) -> None:
    answer = take_back(cast, "hana", "award", given["award"], reason=" ")
    assert (answer.status_code, "Say why it is taken back." in text_of(answer)) == (422, True)
    Commendation.objects.update(state="draft", decided_at=None)
    assert take_back(cast, "hana", "commendation", given["commendation"]).status_code == 404
    assert as_(cast.hana).get(f"{PAGE}medal/1/take-back/").status_code == 404


def test_of_a_restricted_matter_nobody_is_told(cast: Cast, given: dict[str, int]) -> None:
    ServiceRequest.objects.update(confidentiality="confidential")
    assert take_back(cast, "hana", "commendation", given["commendation"]).status_code == 302
    assert not Notice.objects.exists()
