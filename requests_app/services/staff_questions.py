"""Ask Human Resources about the policy, and answer (III.f)."""

from datetime import datetime

from django.db import transaction

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Role
from requests_app.models import Employee, StaffQuestion
from requests_app.selectors.access import Actor
from requests_app.services.events import record_audit


@transaction.atomic
def ask_question(*, clause: str, question: str, actor: Actor, at: datetime) -> StaffQuestion:
    """Keep a question; the same words from the same person while it is open are one question."""
    if actor.employee is None:
        raise ActionRefused(Refusal.ROLE)
    Employee.objects.select_for_update().get(pk=actor.employee.pk)  # a second click waits for the first, and finds it
    asked = {"clause": clause, "question": question, "asked_by": actor.employee}
    known = StaffQuestion.objects.filter(**asked, answered_at__isnull=True).first()
    if known is not None:
        return known
    kept = StaffQuestion.objects.create(**asked, asked_at=at)
    record_audit("staff_question_asked", kept, actor=actor, at=at, fields={"clause": clause, "question": question})
    return kept


@transaction.atomic
def answer_question(question_id: int, *, answer: str, actor: Actor, at: datetime) -> StaffQuestion:
    """Answer; the same answer again changes nothing. Raises ActionRefused for whoever may not, and once answered."""
    if not actor.holds(Role.HR):
        raise ActionRefused(Refusal.ROLE)
    asked = StaffQuestion.objects.select_for_update().get(pk=question_id)
    if asked.answered_at is not None:
        if asked.answer == answer:
            return asked
        raise ActionRefused(Refusal.CHANGED_MEANWHILE)
    asked.answer, asked.answered_at, asked.answered_by = answer, at, actor.employee
    asked.save(update_fields=["answer", "answered_at", "answered_by"])
    record_audit("staff_question_answered", asked, actor=actor, at=at, fields={"answer": answer})
    return asked
