"""Opinions as shown: of few there is n and nothing else, so that nobody is guessed from a share (III.c.ii)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext

from requests_app.domain.surveys import Scores, shown_cells
from requests_app.selectors.feedback_figures import Feedback
from requests_app.views.report_figures import per_cent, share_words, tenths


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """One row of a table: who was asked, how many answered, and what they said as far as it may be shown."""

    label: str | Promise
    clause: str
    asked: str
    answered: int
    rate: str
    n: int
    agree: str
    mean: str
    counts: tuple[str, ...]

    def cells(self) -> list[object]:
        """Give the row as it stands in a file."""
        return [self.label, self.clause, self.asked, self.answered, self.rate, self.n, self.agree, self.mean]


def opinion_row(
    label: str | Promise, scores: Scores, *, of: Feedback | None, is_shown: bool, small_number: int, clause: str = ""
) -> OpinionRow:
    """Write a row; `of` is who was asked, left out for a question, of which that is said above the table."""
    if not scores.n:
        agree, mean = gettext("no data"), ""
    elif not is_shown:
        agree, mean = gettext("too few to show"), ""
    else:
        agree, mean = per_cent(tenths(scores.favourable, scores.n)), number_format(scores.mean or 0, 1)
    asked = of.asked if of else 0
    answered = of.answered if of else scores.n
    return OpinionRow(
        label=label,
        clause=clause,
        asked=str(asked) if of else "",
        answered=answered,
        rate=share_words(min(answered, asked), asked, small_number=small_number) if of else "",
        n=scores.n,
        agree=agree,
        mean=mean,
        counts=tuple(str(count) if is_shown and scores.n else "" for count in reversed(scores.counts)),
    )


def told_rows(parts: Iterable[tuple[str | Promise, Feedback, Scores | None]], *, small_number: int) -> list[OpinionRow]:
    """Write parts of which it was decided before whether they are told of: without scores they are not."""
    return [
        opinion_row(label, scores or found.everything, of=found, is_shown=bool(scores), small_number=small_number)
        for label, found, scores in parts
    ]


def part_rows(parts: Sequence[tuple[str | Promise, Feedback]], *, question: str, small_number: int) -> list[OpinionRow]:
    """Write the parts of a whole that is shown beside them, each in a row; a part that would tell on few is hidden."""
    shown = shown_cells([found.of(question).n for _, found in parts], small_number=small_number)
    return [
        opinion_row(label, found.of(question), of=found, is_shown=is_shown, small_number=small_number)
        for (label, found), is_shown in zip(parts, shown, strict=True)
    ]
