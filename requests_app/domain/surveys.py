"""What residents are asked after a request was closed, who is asked, and how answers are counted (III.c.ii).

Five statements on a scale of five, each an indicator of a clause, and one text. Nobody is asked about a matter that
did not end in an answer, and nobody twice within the quiet time.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from requests_app.domain.vocabulary import Confidentiality, Disposition, NoReply

SCALE = (1, 2, 3, 4, 5)
FAVOURABLE = frozenset({4, 5})
MOST_WORDS = 1000  # characters of the one text
# A request may be closed by mistake and opened again: nobody is asked at once, nor about what was long ago.
ASK_AFTER = timedelta(hours=2)
ASK_WITHIN = timedelta(days=7)
# How many forms one address may send in a while: a library or a counter tablet serves many people.
POSTS_FROM_ADDRESS = 60
POSTS_WINDOW = timedelta(minutes=10)

_TENTH = Decimal("0.1")
_NOT_ENDED_IN_AN_ANSWER = frozenset(
    {Disposition.SPAM, Disposition.WRONG_NUMBER, Disposition.WITHDRAWN, Disposition.DUPLICATE}
)
_NO_ANSWER_AT_ALL = frozenset({NoReply.NOT_WANTED, NoReply.IMPORTED, NoReply.HANDED_OVER})


class Question(StrEnum):
    """The five statements; each is a column of the answers."""

    RESPECT = "respect"
    LISTENED = "listened"
    SOLUTION = "solution"
    CLEAR = "clear"
    ACCURATE = "accurate"


CLAUSES: Mapping[Question, tuple[str, ...]] = {
    Question.RESPECT: ("III.a.i", "III.b.i.1"),
    Question.LISTENED: ("III.b.i.2",),
    Question.SOLUTION: ("III.b.i.3",),
    Question.CLEAR: ("III.b.ii.1",),
    Question.ACCURATE: ("III.b.ii.2",),
}


class SurveyRoute(StrEnum):
    """How somebody was asked."""

    MAIL = "mail"
    SLIP = "slip"


class Unasked(StrEnum):
    """Why nobody is asked about a matter."""

    NOT_CLOSED = "not_closed"
    IMPORTED = "imported"
    FROM_COLLEAGUE = "from_colleague"
    RESTRICTED = "restricted"
    NO_ANSWER = "no_answer"
    NOT_WANTED = "not_wanted"
    COMPLAINT_RUNS = "complaint_runs"
    REDACTED = "redacted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedMatter:
    """What decides whether the person behind a request may be asked about it.

    `complaint_runs` tells of a complaint about it, or of it, whose follow-up is still to come (III.b.v.3).
    """

    closed_at: datetime | None
    disposition: str
    confidentiality: str
    no_reply: str = ""
    is_imported: bool = False
    is_from_colleague: bool = False
    is_redacted: bool = False
    complaint_runs: bool = False


def why_not_asked(matter: ClosedMatter, *, route: SurveyRoute) -> Unasked | None:
    """Say why nobody is asked about a matter; None where they may be.

    Whoever left no way to be reached gets no mail, but a slip at the counter all the same.
    """
    silent = {NoReply.NO_CONTACT_POINT} if route is SurveyRoute.MAIL else set()
    reasons = (
        (matter.closed_at is None, Unasked.NOT_CLOSED),
        (matter.is_imported, Unasked.IMPORTED),
        (matter.is_from_colleague, Unasked.FROM_COLLEAGUE),
        (matter.confidentiality != Confidentiality.ORDINARY, Unasked.RESTRICTED),
        (matter.disposition in _NOT_ENDED_IN_AN_ANSWER, Unasked.NO_ANSWER),
        (matter.no_reply in _NO_ANSWER_AT_ALL | silent, Unasked.NOT_WANTED),
        (matter.complaint_runs, Unasked.COMPLAINT_RUNS),
        (matter.is_redacted, Unasked.REDACTED),
    )
    return next((reason for is_so, reason in reasons if is_so), None)


def closed_between(now: datetime) -> tuple[datetime, datetime]:
    """Give the stretch of closing times of which people are asked now."""
    return now - ASK_WITHIN, now - ASK_AFTER


def is_expired(*, expires_at: datetime, now: datetime) -> bool:
    """Say whether a link has run out; at its last instant it has."""
    return now >= expires_at


def month_of(on: date) -> date:
    """Give the month answers and invitations are counted in: both by when somebody was asked, so that a rate fits."""
    return on.replace(day=1)


@dataclass(frozen=True, slots=True)
class Scores:
    """How often each value of the scale was given, least first."""

    counts: tuple[int, ...] = (0,) * len(SCALE)

    @classmethod
    def of(cls, by_value: Mapping[int, int]) -> "Scores":
        """Count by value; values nobody gave are none."""
        return cls(tuple(by_value.get(value, 0) for value in SCALE))

    def __add__(self, other: "Scores") -> "Scores":
        return Scores(tuple(mine + theirs for mine, theirs in zip(self.counts, other.counts, strict=True)))

    @property
    def n(self) -> int:
        """Give how many answered."""
        return sum(self.counts)

    @property
    def favourable(self) -> int:
        """Give how many agreed."""
        return sum(count for value, count in zip(SCALE, self.counts, strict=True) if value in FAVOURABLE)

    @property
    def mean(self) -> Decimal | None:
        """Give the mean to a tenth; None of nothing."""
        if not self.n:
            return None
        total = sum(value * count for value, count in zip(SCALE, self.counts, strict=True))
        return (Decimal(total) / self.n).quantize(_TENTH, rounding=ROUND_HALF_UP)


def shown_cells(ns: Sequence[int], *, small_number: int) -> list[bool]:
    """Say of which parts of a whole more than n may be shown, where the whole is shown too.

    Those of fewer than the smallest number are hidden. Where what is hidden adds up to fewer than that, it could be
    worked out from the whole and the rest, so the smallest of the rest is hidden with it.
    """
    shown = [n >= small_number for n in ns]
    hidden = sum(n for n, is_shown in zip(ns, shown, strict=True) if not is_shown)
    if 0 < hidden < small_number and any(shown):
        smallest = min((n, place) for place, n in enumerate(ns) if shown[place])[1]
        shown[smallest] = False
    return shown


def month_groups(answers: Mapping[date, Mapping[str, int]], *, small_number: int) -> list[tuple[date, ...]]:
    """Put months together, in order, until each statement has the smallest number of answers in a group, or none.

    Only whole groups are told of: of two stretches of which one has a month of few more, the difference would tell of
    those few. What is too few at the end waits for the months to come and is in no group.
    """
    groups, waiting, counts = [], list[date](), Counter[str]()
    for month in sorted(answers):
        waiting.append(month)
        counts.update(answers[month])
        if all(number >= small_number for number in counts.values() if number):
            groups.append(tuple(waiting))
            waiting, counts = [], Counter()
    return groups


def groups_within(groups: Sequence[tuple[date, ...]], *, from_on: date, to_on: date) -> tuple[tuple[date, ...], ...]:
    """Give the groups of months a stretch of days tells of: those that lie whole in the calendar months it touches.

    So stretches begin and end on one fixed grid, whatever their days: two of them differ by whole groups or not at all.
    """
    first, last = month_of(from_on), month_of(to_on)
    return tuple(group for group in groups if first <= group[0] and group[-1] <= last)


class Owed(StrEnum):
    """What a department has still to do in a period: ask residents, ask staff (III.c.ii)."""

    RESIDENTS = "residents"
    STAFF = "staff"


def owed(*, residents_asked: int, staff_asked: int) -> frozenset[Owed]:
    """Say what of its duty to seek feedback a department has not done in a period, which is half a year by default."""
    lacking = ((residents_asked, Owed.RESIDENTS), (staff_asked, Owed.STAFF))
    return frozenset(part for asked, part in lacking if not asked)
