"""Ask the staff how they work together, and count what they say without keeping who said it (III.c.ii).

Taking part and what is said are written in one transaction and tell nothing of each other: the seat has no time, and
what is said has no row of its own. So there is no entry in the audit trail for an answer.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from requests_app.domain.pulses import PulseQuestion, closing_problem, is_running
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Role
from requests_app.models import Employee, Notice, PulseRound, PulseSeat, PulseTally
from requests_app.selectors.access import Actor, parents_of_departments
from requests_app.selectors.feedback_figures import top_of
from requests_app.selectors.pulses import departments_still_asked
from requests_app.services.events import record_audit
from requests_app.services.mail_texts import STAFF_LANGUAGE
from requests_app.services.notices import NoticeEntry, queue_notice
from requests_app.services.register_locks import lock_registers_of_hr


class PulseProblem(ValueError):
    """A round that cannot be opened so; the code says what to mend."""


class PulseRuns(PulseProblem):
    """A round that would be the second at one time; `where` names the departments, each with the first one's end."""

    def __init__(self, where: list[tuple[str, date]]) -> None:
        super().__init__("runs")
        self.where = where


class Taken(StrEnum):
    """What became of an answer to a round."""

    RECORDED = "recorded"
    ALREADY = "already"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundEntry:
    """A round to open: of which departments, what is asked, its last day. The same key opens one round."""

    department_ids: Collection[int]
    questions: Collection[PulseQuestion]
    closes_on: date
    submission_key: UUID


@transaction.atomic
def open_round(entry: RoundEntry, *, actor: Actor, at: datetime) -> PulseRound:
    """Open a round today: everybody at work with a login in its departments gets a seat and is told.

    Raises PulseProblem for a last day too near or too far, for a round in which nobody would sit and where one still
    runs for any of its departments, and ActionRefused for whoever is not of Human Resources.
    """
    if not actor.holds(Role.HR):
        raise ActionRefused(Refusal.ROLE)
    lock_registers_of_hr()
    known = PulseRound.objects.filter(submission_key=entry.submission_key).first()
    if known is not None:
        return known
    opens_on = timezone.localdate(at)
    if problem := closing_problem(opens_on=opens_on, closes_on=entry.closes_on):
        raise PulseProblem(problem)
    seated = _seated(entry.department_ids)
    if not seated:
        raise PulseProblem("nobody")
    # Which departments a round is of stands in its seats, so no constraint can say it: the lock above makes it true.
    if running := departments_still_asked(entry.department_ids, today=opens_on):
        raise PulseRuns(running)
    opened = PulseRound.objects.create(
        submission_key=entry.submission_key,
        opens_on=opens_on,
        closes_on=entry.closes_on,
        questions=[question.value for question in PulseQuestion if question in entry.questions],
        opened_by=actor.employee,
        opened_at=at,
    )
    PulseSeat.objects.bulk_create(
        PulseSeat(round=opened, employee=person, department_id=department_id) for person, department_id in seated
    )
    _tell(opened, [person for person, _ in seated], at=at)
    fields = {"closes_on": entry.closes_on, "departments": ",".join(map(str, sorted(entry.department_ids)))}
    record_audit("pulse_opened", opened, actor=actor, at=at, fields=fields)
    return opened


@transaction.atomic
def answer_pulse(*, round_id: int, scores: Mapping[PulseQuestion, int], actor: Actor, at: datetime) -> Taken:
    """Count what somebody says in a round they sit in, once. Raises PulseSeat.DoesNotExist for whoever has no seat."""
    seat = PulseSeat.objects.select_related("round").get(round=round_id, employee=actor.employee_id)
    opened = seat.round
    if not is_running(opens_on=opened.opens_on, closes_on=opened.closes_on, today=timezone.localdate(at)):
        return Taken.OVER
    # Compare and set: of two at once one finds it taken.
    if not PulseSeat.objects.filter(pk=seat.pk, is_used=False).update(is_used=True):
        return Taken.ALREADY
    for question in sorted(scores):
        if question in opened.questions:
            _count(seat, question, scores[question])
    return Taken.RECORDED


def _count(seat: PulseSeat, question: PulseQuestion, score: int) -> None:
    place: dict[str, Any] = {
        "round": seat.round,
        "department_id": seat.department_id,
        "question": question.value,
        "score": score,
    }
    PulseTally.objects.get_or_create(**place)
    PulseTally.objects.filter(**place).update(count=F("count") + 1)


def _seated(department_ids: Collection[int]) -> list[tuple[Employee, int]]:
    """Give who sits in a round, each with the department right below the city."""
    parents = parents_of_departments()
    people = Employee.objects.filter(is_active=True, user__is_active=True).order_by("pk")
    placed = [(person, top_of(person.department_id, parents)) for person in people]
    return [(person, department_id) for person, department_id in placed if department_id in set(department_ids)]


def _tell(opened: PulseRound, people: list[Employee], *, at: datetime) -> None:
    with translation.override(STAFF_LANGUAGE):
        text = gettext("Until %(date)s, about a minute. Nobody learns who said what: %(link)s") % {
            "date": date_format(opened.closes_on, "D j M"),
            "link": f"{settings.PUBLIC_URL.rstrip('/')}{reverse('pulse', args=[opened.pk])}",
        }
    for person in people:
        queue_notice(
            NoticeEntry(
                kind=Notice.Kind.PULSE, recipient=person, dedupe_key=f"pulse:{opened.pk}:{person.pk}", text=text
            ),
            at=at,
        )
