"""Sign the opening checklist, correct it, and decide what stands on it (III.b.iii.3)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from requests_app.domain.opening_checks import CheckedLine, lines_of
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.models import ChecklistItem, CounterDevice, Employee, OpeningCheck, OpeningCheckLine
from requests_app.selectors.access import Actor
from requests_app.selectors.front_desk import keeps_checklist, serves_counter
from requests_app.selectors.opening_checks import checklist_items, counter_calendar
from requests_app.services.events import record_audit


@transaction.atomic
def sign_opening(
    *, on: date, notes: Mapping[int, str], seen: Sequence[int], device: CounterDevice | None, actor: Actor, at: datetime
) -> tuple[OpeningCheck, bool]:
    """Sign the checklist of a day with what is not in order; True if it was this act that signed it.

    `notes` map an item to what is wrong with it, `seen` are the items as they were shown. Signed already, it stays as
    it is. Raises ActionRefused for whoever may not, on a closed day, and if the items changed meanwhile.
    """
    signer, lines = _signer(actor, device), _lines(notes, seen)
    calendar = counter_calendar()
    if calendar is None or not calendar.knows(on) or not calendar.is_business_day(on):
        raise ActionRefused(Refusal.COUNTER_CLOSED)
    opening, is_new = OpeningCheck.objects.get_or_create(on=on, defaults={"signed_at": at, "signed_by": signer})
    if is_new:
        _write(opening, lines)
        record_audit("opening_signed", opening, actor=actor, at=at, fields=_facts(on, lines))
    return opening, is_new


@transaction.atomic
def correct_opening(
    *, on: date, notes: Mapping[int, str], seen: Sequence[int], device: CounterDevice | None, actor: Actor, at: datetime
) -> OpeningCheck:
    """Put other lines in the place of those signed that day; the same lines change nothing. Raises ActionRefused."""
    signer, lines = _signer(actor, device), _lines(notes, seen)
    opening = OpeningCheck.objects.select_for_update().get(on=on)
    if [CheckedLine(line.text, line.note) for line in opening.lines.all()] == lines:
        return opening
    opening.corrected_at, opening.corrected_by = at, signer
    opening.save(update_fields=["corrected_at", "corrected_by"])
    opening.lines.all().delete()
    _write(opening, lines)
    record_audit("opening_corrected", opening, actor=actor, at=at, fields=_facts(on, lines))
    return opening


@transaction.atomic
def change_checklist(items: Sequence[str], *, actor: Actor, at: datetime) -> bool:
    """Let these items, in this order, be the checklist; what was signed keeps its words. False if it was so before."""
    if not keeps_checklist(actor):
        raise ActionRefused(Refusal.ROLE)
    known = {item.text: item for item in ChecklistItem.objects.select_for_update().filter(retired_at__isnull=True)}
    if list(known) == list(items):
        return False
    gone = [item.pk for text, item in known.items() if text not in items]
    ChecklistItem.objects.filter(pk__in=gone).update(retired_at=at)
    for position, text in enumerate(items, start=1):
        ChecklistItem.objects.update_or_create(text=text, retired_at=None, defaults={"position": position})
    record_audit("checklist_changed", ChecklistItem, actor=actor, at=at, fields={"items": "\n".join(items)})
    return True


def _signer(actor: Actor, device: CounterDevice | None) -> Employee:
    if actor.employee is None or not serves_counter(actor, device=device):
        raise ActionRefused(Refusal.ROLE)
    return actor.employee


def _lines(notes: Mapping[int, str], seen: Sequence[int]) -> list[CheckedLine]:
    items = checklist_items()
    if list(seen) != list(items) or not items:
        raise ActionRefused(Refusal.CHECKLIST_CHANGED)
    return lines_of(items, notes)


def _write(opening: OpeningCheck, lines: Sequence[CheckedLine]) -> None:
    OpeningCheckLine.objects.bulk_create(
        [OpeningCheckLine(opening=opening, text=line.text, note=line.note) for line in lines]
    )


def _facts(on: date, lines: Sequence[CheckedLine]) -> dict[str, object]:
    return {"on": on, "not_in_order": [line.text for line in lines if not line.is_in_order]}
