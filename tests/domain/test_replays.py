"""What if: only what is asked for changes, and a remembered day gives what its contacts would have got one by one."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from requests_app.domain.calendars import BusinessCalendar, Closure
from requests_app.domain.deadlines import Allowance, Rule, deadline_within
from requests_app.domain.metrics import ClockClass, classify
from requests_app.domain.replays import MOVES, DueDates, Outcome, Question, Recorded, replay
from requests_app.domain.verdicts import judge
from requests_app.domain.vocabulary import Unit, Verdict
from tests.domain.builders import at, build_calendar, hours
from tests.domain.test_deadline_properties import calendars, day_counts, instants, rules

CITY = build_calendar(closures=[Closure(date(2026, 11, 26), "Thanksgiving Day")])
ONE_DAY = Allowance(1, Unit.BUSINESS_DAYS, Rule.END_OF_NTH_BUSINESS_DAY)
AS_OF = at("2026-11-30 12:00")
NOTHING = Question()
NO_FRIDAYS = Question(closed_weekdays=frozenset({4}))
NO_MONDAY = Question(closed_on=frozenset({date(2026, 11, 30)}))
NO_THANKSGIVING = Question(left_out=frozenset({"Thanksgiving Day"}))
BY_THE_HOUR = Question(rule=Rule.ROLLING_BUSINESS_HOURS)
DEEMED = Question(rule=Rule.DEEMED_NEXT_BUSINESS_DAY)

allowances = st.builds(Allowance, day_counts, st.sampled_from(Unit), rules)
questions = st.builds(
    Question,
    number=st.none() | day_counts,
    rule=st.none() | rules,
    closed_weekdays=st.sets(st.integers(0, 6), max_size=2).map(frozenset),
    left_out=st.sets(st.sampled_from(["Closed", "Easter"])).map(frozenset),
    closed_on=st.sets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=5).map(frozenset),
    target=st.none() | st.sampled_from([Decimal("0.9"), Decimal("0.975")]),
)


def dates(question: Question = NOTHING) -> DueDates:
    return DueDates(question.calendar_from(CITY), question.allowance(ONE_DAY))


def recorded(started: str, *, met: str = "", kind: ClockClass | None = None, given_on: date | None = None) -> Recorded:
    """Give a clock as the rules of the day counted it."""
    started_at, met_at = at(started), at(met) if met else None
    due_at = dates().due_at(started_at=started_at, given_on=given_on)
    assert due_at
    verdict = judge(due_at=due_at, met_at=met_at) if met_at else Verdict.OPEN
    given = kind or classify(verdict=verdict, due_at=due_at, as_of=AS_OF, is_excused=False)
    return Recorded(given, started_at, due_at, met_at, given_on)


def replayed(clock: Recorded, question: Question) -> Outcome:
    return replay(clock, by=dates(), instead=dates(question), as_of=AS_OF)


@settings(deadline=None)
@given(calendars(), allowances, st.lists(instants, min_size=1, max_size=12))
def test_a_remembered_day_gives_what_each_contact_would_have_got(
    calendar: BusinessCalendar, allowance: Allowance, received: list[datetime]
) -> None:
    remembering = DueDates(calendar, allowance)
    # Each twice, and around each closing: what the day remembers must not depend on who asked first.
    for started_at in [*received, *(each.replace(hour=17, minute=0) for each in received), *reversed(received)]:
        expected = deadline_within(calendar, allowance, received_at=started_at).due_at
        assert remembering.due_at(started_at=started_at, given_on=None) == expected


@settings(deadline=None)
@given(questions)
def test_a_question_survives_being_stored(question: Question) -> None:
    assert Question.from_json(question.to_json()) == question


@settings(deadline=None)
@given(questions, st.lists(instants, min_size=1, max_size=4), st.integers(0, 20_000))
def test_nothing_but_the_four_moves_ever_comes_of_a_replay(
    question: Question, received: list[datetime], minutes: int
) -> None:
    calendar = build_calendar()
    by = DueDates(calendar, ONE_DAY)
    instead = DueDates(question.calendar_from(calendar), question.allowance(ONE_DAY))
    for started_at in received:
        due_at = by.due_at(started_at=started_at, given_on=None)
        kind = ClockClass.OVERDUE if due_at and due_at < AS_OF else ClockClass.OPEN
        outcome = replay(Recorded(kind, started_at, due_at, None, None), by=by, instead=instead, as_of=AS_OF)
        assert outcome.after is kind or (kind, outcome.after) in MOVES.values()
        if question.number is None and not question.closed_weekdays and not question.closed_on and not question.rule:
            assert outcome == Outcome(kind, due_at)


MON_9 = "2026-11-23 09:00"


@pytest.mark.parametrize(
    ("clock", "question", "after", "due"),
    [
        (recorded(MON_9, met="2026-11-24 16:00"), Question(number=2), "met", "2026-11-25 17:00"),
        (recorded(MON_9, met="2026-11-25 10:00"), Question(number=2), "met", "2026-11-25 17:00"),
        (recorded("2026-11-25 09:00", met="2026-11-27 16:00"), NO_FRIDAYS, "met", "2026-11-30 17:00"),
        (recorded("2026-11-25 09:00", met="2026-11-27 09:00"), NO_THANKSGIVING, "late", "2026-11-26 17:00"),
        (recorded(MON_9, met="2026-11-24 16:00"), BY_THE_HOUR, "late", "2026-11-24 09:00"),
        (recorded("2026-11-23 18:00", met="2026-11-25 10:00"), DEEMED, "met", "2026-11-25 17:00"),
        (recorded("2026-11-27 09:00"), NO_MONDAY, "open", "2026-12-01 17:00"),
        (recorded(MON_9), Question(number=4), "open", "2026-11-30 17:00"),
        (recorded("2026-11-27 09:00"), BY_THE_HOUR, "overdue", "2026-11-30 09:00"),
    ],
)
def test_a_clock_is_judged_by_what_is_asked(clock: Recorded, question: Question, after: str, due: str) -> None:
    assert replayed(clock, question) == Outcome(ClockClass(after), at(due))


@pytest.mark.parametrize("kind", [ClockClass.EXCUSED, ClockClass.MERGED, ClockClass.CANCELLED])
def test_what_stands_beside_the_rate_stays_there(kind: ClockClass) -> None:
    late = recorded(MON_9, met="2026-11-25 10:00", kind=kind)
    outcome = replayed(late, Question(number=2))
    assert (outcome.after, outcome.is_left) == (kind, False)
    # An excused answer is still owed, on the other day; what was merged or cancelled is owed by nobody.
    assert outcome.due_at == (at("2026-11-25 17:00") if kind is ClockClass.EXCUSED else late.due_at)


def test_a_date_somebody_gave_moves_with_the_calendar_and_not_with_the_number() -> None:
    promised = recorded(MON_9, met="2026-11-27 16:00", given_on=date(2026, 11, 27))
    assert replayed(promised, Question(number=9)) == Outcome(ClockClass.MET, promised.due_at)
    assert replayed(promised, NO_FRIDAYS).due_at == at("2026-11-30 17:00")


def test_a_verdict_the_rules_no_longer_give_is_left_as_recorded_and_said_to_be() -> None:
    """A closure entered late: the stored verdict stays late, and no question turns it."""
    late = recorded(MON_9, met="2026-11-24 16:00")._replace(kind=ClockClass.LATE, due_at=at("2026-11-23 17:00"))
    assert replayed(late, Question(number=2)) == Outcome(ClockClass.LATE, late.due_at, is_left=True)
    assert not replayed(late, Question(target=Decimal("0.8"))).is_left


def test_past_the_years_that_are_known_a_clock_is_left_as_recorded() -> None:
    late = recorded(MON_9, met="2026-11-25 10:00")
    short = DueDates(build_calendar(known=(date(2026, 1, 1), date(2026, 11, 24))), ONE_DAY._replace(number=3))
    outcome = replay(late, by=dates(), instead=short, as_of=AS_OF)
    assert outcome == Outcome(ClockClass.LATE, late.due_at, is_left=True)
    undated = Recorded(ClockClass.OPEN, at(MON_9), None, None, None)
    assert replayed(undated, Question(number=2)) == Outcome(ClockClass.OPEN, None)


def test_a_closed_weekday_closes_its_special_hours_too() -> None:
    special = build_calendar(
        closures=[Closure(date(2026, 12, 4), "Fair", hours("10:00-12:00"))], partial_days_count=True
    )
    assert special.is_business_day(date(2026, 12, 4))
    assert not NO_FRIDAYS.calendar_from(special).is_business_day(date(2026, 12, 4))


def test_a_day_of_two_holidays_stays_closed_while_one_of_them_is_kept() -> None:
    christmas = date(2027, 12, 24)
    calendar = build_calendar(closures=[Closure(christmas, "Christmas Day (observed), Christmas Eve")])
    left_out = frozenset({"Christmas Eve"})
    assert not Question(left_out=left_out).calendar_from(calendar).is_business_day(christmas)
    both = Question(left_out=left_out | {"Christmas Day"})
    assert both.calendar_from(calendar).is_business_day(christmas)
