"""What a list is narrowed to, as read from its address."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from requests_app.selectors.access import Actor, divisions_of, parents_of_departments
from requests_app.selectors.search import matching
from requests_app.selectors.worklists import DANGER, UNFINISHED, due_today, overdue, without_owner

NOBODY = "nobody"
UNFINISHED_CODE = "unfinished"
# Codes of who asked, and of a danger that is not over.
FROM_PUBLIC, FROM_COLLEAGUES, DANGER_CODE = "public", "colleagues", "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFilters:
    """Everything a list may be narrowed by; what is empty does not narrow."""

    text: str = ""
    status: str = ""
    department_id: int | None = None
    category_id: int | None = None
    channel: str = ""
    kind: str = ""
    asker: str = ""
    danger: str = ""
    owner: str = ""
    due: str = ""
    due_on: date | None = None
    received_from: date | None = None
    received_to: date | None = None

    def condition(self, *, actor: Actor, now: datetime) -> Q:
        """Say which requests are meant; a department is asked for with its divisions (one query)."""
        return matching(self.text, actor=actor) & self._plain() & self._people() & self._due(now) & self._received()

    def _plain(self) -> Q:
        asked = {"channel": self.channel, "kind": self.kind, "category": self.category_id}
        narrowed = Q(**{name: value for name, value in asked.items() if value})
        if self.asker:
            narrowed &= Q(is_from_colleague=self.asker == FROM_COLLEAGUES)
        if self.danger:
            narrowed &= DANGER
        if self.status == UNFINISHED_CODE:
            return narrowed & UNFINISHED
        return narrowed & Q(status=self.status) if self.status else narrowed

    def _people(self) -> Q:
        narrowed = Q()
        if self.department_id:
            narrowed &= Q(department__in=divisions_of([self.department_id], parents_of_departments()))
        if self.owner == NOBODY:
            return narrowed & without_owner()
        return narrowed & Q(owner=int(self.owner)) if self.owner else narrowed

    def _due(self, now: datetime) -> Q:
        narrowed = {"overdue": overdue(now), "today": due_today(now)}.get(self.due, Q())
        if self.due_on:
            narrowed &= Q(answer_by_at__gte=_midnight(self.due_on), answer_by_at__lt=_midnight_after(self.due_on))
        return narrowed

    def _received(self) -> Q:
        narrowed = Q()
        if self.received_from:
            narrowed &= Q(received_at__gte=_midnight(self.received_from))
        if self.received_to:
            narrowed &= Q(received_at__lt=_midnight_after(self.received_to))
        return narrowed


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))


def _midnight_after(on: date) -> datetime:
    return _midnight(on + timedelta(days=1))
