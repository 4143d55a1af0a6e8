"""Who has said that they read a version of the policy: the round, its check, its reminders (II, III.e)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# Local choices: how long whoever joins later has, and when whoever has not attested yet is asked again.
NEWCOMER_DAYS = 30
_ASKED_DAYS_BEFORE = 7
MOST_QUESTIONS = 3
_MOST_ANSWERS = 6
_RIGHT = "*"


class AttestationState(StrEnum):
    """Where somebody stands in a round."""

    ATTESTED = "attested"
    WAITING = "waiting"
    OVERDUE = "overdue"


class InvalidCheck(ValueError):
    """A comprehension check that cannot be asked; the message says what to mend."""


@dataclass(frozen=True, slots=True)
class CheckQuestion:
    """One question with its answers, of which one is right."""

    question: str
    answers: tuple[str, ...]
    right: int


def parse_check(text: str) -> tuple[CheckQuestion, ...]:
    """Read a check as typed: a question, under it its answers, the right one with a star; a blank line between.

    Nothing typed asks nothing. Raises InvalidCheck.
    """
    blocks = "\n".join(line.strip() for line in text.splitlines()).strip().split("\n\n")
    questions = tuple(_question([line for line in block.split("\n") if line]) for block in blocks if block.strip())
    if len(questions) > MOST_QUESTIONS:
        raise InvalidCheck(f"At most {MOST_QUESTIONS} questions: there are {len(questions)}.")
    return questions


def write_check(questions: Sequence[CheckQuestion]) -> str:
    """Write a check as it is typed."""
    return "\n\n".join("\n".join([each.question, *_written(each)]) for each in questions)


def wrong_answers(questions: Sequence[CheckQuestion], given: Mapping[int, int]) -> list[int]:
    """Give the places of the questions that were answered wrongly, or not at all."""
    return [place for place, each in enumerate(questions) if given.get(place) != each.right]


def attest_by(round_due_on: date, *, hired_on: date | None) -> date:
    """Give the day by which somebody attests: that of the round; whoever joined late has some weeks of their own."""
    return round_due_on if hired_on is None else max(round_due_on, hired_on + timedelta(days=NEWCOMER_DAYS))


def attestation_state(attested_on: date | None, *, due_on: date, today: date) -> AttestationState:
    """Say where somebody stands; the due day itself is still in time."""
    if attested_on is not None:
        return AttestationState.ATTESTED
    return AttestationState.OVERDUE if today > due_on else AttestationState.WAITING


def occasion_to_ask(*, opened_on: date, due_on: date, today: date) -> date:
    """Give the last day on which whoever has not attested yet is asked: at the start, a week before, once it is over.

    The day names the occasion, so that it is asked once, whenever and however often the sweep comes.
    """
    days = (opened_on, due_on - timedelta(days=_ASKED_DAYS_BEFORE), due_on + timedelta(days=1))
    return max(on for on in days if opened_on <= on <= max(today, opened_on))


def _written(each: CheckQuestion) -> list[str]:
    return [f"{_RIGHT} {answer}" if place == each.right else answer for place, answer in enumerate(each.answers)]


def _question(lines: list[str]) -> CheckQuestion:
    question, *answers = lines
    right = [place for place, answer in enumerate(answers) if answer.startswith(_RIGHT)]
    plain = tuple(answer.removeprefix(_RIGHT).strip() for answer in answers)
    if not 2 <= len(answers) <= _MOST_ANSWERS or not all(plain):
        raise InvalidCheck(f"“{question[:40]}” needs two to {_MOST_ANSWERS} answers, one in each line under it.")
    if len(right) != 1:
        raise InvalidCheck(f"“{question[:40]}” needs one right answer, marked with a star.")
    return CheckQuestion(question, plain, right[0])
