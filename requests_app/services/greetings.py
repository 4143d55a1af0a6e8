"""Greetings of those who are away: write, set, look at, take down (III.b.ii.5)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from requests_app.domain.greeting_texts import compose
from requests_app.domain.greetings import INSIDE_KINDS, Element, TextKey, missing_elements, usual_keys
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.models import Absence, Greeting
from requests_app.models.absence_words import GREETING_ELEMENTS
from requests_app.selectors.access import Actor
from requests_app.selectors.greetings import GreetingDesk, absences_with_greetings, greeting_rights, key_of
from requests_app.services.employees import lock_employee
from requests_app.services.events import record_audit

# "If applicable" and "if necessary": only these two elements may be declined (III.b.ii.5.c, III.b.ii.5.d).
_DECLINED_IN = {Element.ALTERNATIVE: "no_alternate_reason", Element.INSIDE_AND_OUTSIDE: "one_text_reason"}


@transaction.atomic
def write_greetings(*, absence_id: int, keys: Iterable[TextKey], actor: Actor, at: datetime) -> list[Greeting]:
    """Write texts from the directory and the absence as they are now, in place of what stood there.

    Raises ActionRefused for whoever may not. What was written so already stays as it is.
    """
    absence = _lock_standing(absence_id)
    _must_write(absence, actor)
    facts = GreetingDesk().facts(absence)
    texts = {key: compose(key[0], facts, language=key[1]) for key in keys}
    return [_put(absence, key, text, actor=actor, at=at) for key, text in texts.items()]


@transaction.atomic
def change_greeting(*, absence_id: int, key: TextKey, text: str, actor: Actor, at: datetime) -> Greeting:
    """Keep a text as somebody worded it; it has to be set anew. Saving what is so already leaves no trace."""
    absence = _lock_standing(absence_id)
    _must_write(absence, actor)
    return _put(absence, key, text.strip(), actor=actor, at=at)


@transaction.atomic
def drop_greeting(*, absence_id: int, key: TextKey, actor: Actor, at: datetime) -> None:
    """Leave out a text that no absence needs, Spanish or the voicemail for colleagues."""
    absence = _lock_standing(absence_id)
    _must_write(absence, actor)
    if key in usual_keys(is_one_text=bool(absence.one_text_reason)):
        raise ActionRefused(Refusal.STATUS)
    _drop([row for row in absence.greetings.all() if key_of(row) == key], actor=actor, at=at)


@transaction.atomic
def decline_element(*, absence_id: int, element: Element, reason: str, actor: Actor, at: datetime) -> Absence:
    """Say why one of the elements c and d is left out; an empty reason takes that back (III.b.ii.5.c, III.b.ii.5.d).

    One text for colleagues and the public leaves out those for colleagues. KeyError for the elements a and b.
    """
    absence, column = _lock_standing(absence_id), _DECLINED_IN[element]
    _must_write(absence, actor)
    if getattr(absence, column) == reason.strip():
        return absence
    setattr(absence, column, reason.strip())
    absence.version += 1
    absence.save(update_fields=[column, "version"])
    record_audit("greeting_element_declined", absence, actor=actor, at=at, fields={column: reason.strip()})
    if element is Element.INSIDE_AND_OUTSIDE and reason.strip():
        _drop([row for row in absence.greetings.all() if row.kind in INSIDE_KINDS], actor=actor, at=at)
    return absence


@transaction.atomic
def set_greetings(*, absence_id: int, version: int, actor: Actor, at: datetime) -> Absence:
    """Record that every text of an absence is set, on the telephone and in the mail; a second time changes nothing.

    Raises ActionRefused for whoever may not, once the absence is over, when it changed since that version was read,
    and while an element is lacking without a reason. The time of the first time stays (III.b.ii.5).
    """
    absence = _lock_standing(absence_id)
    if not greeting_rights(actor, absence.employee).sets:
        raise ActionRefused(Refusal.GREETING_NOT_YOURS)
    if absence.ends_at is not None and absence.ends_at <= at:
        raise ActionRefused(Refusal.ABSENCE_OVER)
    if absence.version != version:
        raise ActionRefused(Refusal.ABSENCE_CHANGED)
    desk = GreetingDesk()
    facts, texts = desk.facts(absence), desk.texts(absence)
    if missing := missing_elements(texts, facts):
        raise ActionRefused(Refusal.GREETING_LACKS, elements=_words_of(missing))
    rows = [_put(absence, key, text, actor=actor, at=at) for key, text in texts.items()]
    waiting = [row for row in rows if row.set_at is None or row.cleared_at is not None]
    for row in waiting:
        row.set_at, row.set_by, row.said_back_on = at, actor.employee, facts.returns_on
        row.first_set_at = row.first_set_at or at
        row.cleared_at = row.cleared_by = None
        row.save()
    if waiting:
        record_audit("greetings_set", absence, actor=actor, at=at, fields={"set_at": at, "texts": len(rows)})
    return absence


@transaction.atomic
def check_greetings(*, absence_id: int, is_right: bool, actor: Actor, at: datetime) -> Absence:
    """Record that whoever leads them called and wrote, and what they heard and read; what is wrong is to be set anew.

    Raises ActionRefused for whoever may not, for one's own, and for what is not set (III.b.ii.5).
    """
    absence = _lock(absence_id)
    if actor.employee_id == absence.employee_id:
        raise ActionRefused(Refusal.OWN_GREETING)
    if not greeting_rights(actor, absence.employee).checks:
        raise ActionRefused(Refusal.GREETING_NOT_YOURS)
    rows = [row for row in absence.greetings.all() if row.first_set_at and not row.cleared_at]
    if rows and all(_was_found(row, is_right=is_right) for row in rows):
        return absence
    if not rows or any(row.set_at is None for row in rows):
        raise ActionRefused(Refusal.GREETING_UNSET)
    for row in rows:
        row.checked_at, row.checked_by, row.is_right = at, actor.employee, is_right
        row.set_at = row.set_at if is_right else None
        row.save(update_fields=["checked_at", "checked_by", "is_right", "set_at"])
    record_audit("greetings_checked", absence, actor=actor, at=at, fields={"is_right": is_right})
    return absence


@transaction.atomic
def clear_greetings(*, absence_id: int, actor: Actor, at: datetime) -> Absence:
    """Record that the texts were taken down on return, also of an absence that was removed; once is enough."""
    absence = _lock(absence_id)
    if not greeting_rights(actor, absence.employee).sets:
        raise ActionRefused(Refusal.GREETING_NOT_YOURS)
    rows = [row for row in absence.greetings.all() if row.first_set_at]
    if not rows:
        raise ActionRefused(Refusal.GREETING_UNSET)
    if not GreetingDesk().track(absence).may_be_cleared(at):
        raise ActionRefused(Refusal.STILL_AWAY)
    waiting = [row for row in rows if row.cleared_at is None]
    for row in waiting:
        row.cleared_at, row.cleared_by = at, actor.employee
        row.save(update_fields=["cleared_at", "cleared_by"])
    if waiting:
        record_audit("greetings_cleared", absence, actor=actor, at=at, fields={"cleared_at": at})
    return absence


def _lock(absence_id: int) -> Absence:
    """Read an absence for change, its person locked with it, so that two who set at once take turns."""
    lock_employee(Absence.objects.values_list("employee_id", flat=True).get(pk=absence_id))
    return absences_with_greetings().get(pk=absence_id)


def _lock_standing(absence_id: int) -> Absence:
    absence = _lock(absence_id)
    if absence.removed_at is not None:
        raise ActionRefused(Refusal.ABSENCE_OVER)
    return absence


def _must_write(absence: Absence, actor: Actor) -> None:
    if not greeting_rights(actor, absence.employee).writes:
        raise ActionRefused(Refusal.GREETING_NOT_YOURS)


def _was_found(row: Greeting, *, is_right: bool) -> bool:
    """Say whether what is set now was looked at and found so: a second click."""
    is_since = row.checked_at is not None and (row.set_at is None or row.checked_at >= row.set_at)
    return is_since and row.is_right is is_right


def _put(absence: Absence, key: TextKey, text: str, *, actor: Actor, at: datetime) -> Greeting:
    row = next((row for row in absence.greetings.all() if key_of(row) == key), None)
    if row is None:
        row = Greeting.objects.create(absence=absence, kind=key[0], language=key[1], text=text, written_at=at)
        record_audit("greeting_written", row, actor=actor, at=at, fields={"text": text})
    elif row.text != text:
        row.text, row.written_at, row.set_at, row.set_by = text, at, None, None
        row.save(update_fields=["text", "written_at", "set_at", "set_by"])
        record_audit("greeting_changed", row, actor=actor, at=at, fields={"text": text})
    return row


def _drop(rows: list[Greeting], *, actor: Actor, at: datetime) -> None:
    for row in rows:
        record_audit("greeting_dropped", row, actor=actor, at=at, fields={"text": row.text})
        row.delete()


def _words_of(elements: Iterable[Element]) -> str:
    words = [str(GREETING_ELEMENTS[element]).lower() for element in sorted(elements)]
    return gettext(" and ").join(words) if len(words) < 3 else ", ".join(words)
