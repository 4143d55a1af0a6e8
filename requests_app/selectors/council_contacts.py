"""Contacts that came via a council member, who is told of the answer and never who asked (III.a.iii, III.b.i.4)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from requests_app.domain.vocabulary import AnswerKind, Channel, Confidentiality
from requests_app.domain.wording import Style, format_instant
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.visibility import requests_read_by


@dataclass(frozen=True, slots=True)
class CouncilContact:
    """One contact; `answered_at` is its first full answer, None while there is none."""

    service_request: ServiceRequest
    answered_at: datetime | None

    @property
    def words(self) -> str:
        """Tell a council member what became of it: no name, no number, no word of what was said."""
        row = self.service_request
        topic = row.category.name if row.category else gettext("no topic chosen")
        names = {
            "day": date_format(timezone.localtime(row.received_at), "j M Y"),
            "topic": topic,
            "department": row.department.name if row.department else gettext("no department yet"),
        }
        told = gettext("What reached the city through you on %(day)s (%(topic)s, %(department)s)") % names
        if self.answered_at:
            came_of_it = gettext("was answered on %(at)s, to whoever asked.") % {"at": _words_of(self.answered_at)}
        elif row.closed_at:  # withdrawn, a duplicate, no reply wanted: nobody is told of an answer there was not
            came_of_it = gettext("was closed on %(at)s.") % {"at": _words_of(row.closed_at)}
        elif row.answer_by_at:
            by = {"by": _words_of(row.answer_by_at)}
            came_of_it = gettext("is being dealt with; our standard is an answer by %(by)s.") % by
        else:
            came_of_it = gettext("is being dealt with.")
        return f"{told} {came_of_it} {gettext('Who asked and what was said stays between them and the city.')}"


def _words_of(at: datetime) -> str:
    """Write an instant as a letter does."""
    zone = timezone.get_default_timezone()
    return format_instant(at, time_zone=zone, language=get_language() or "en", style=Style.LONG)


def council_contacts(actor: Actor) -> QuerySet[ServiceRequest]:
    """Give the ordinary matters an actor reads that came via a council member, the newest first.

    Confidential ones are left out: that there is such a matter is nobody's to tell.
    """
    answers = Q(interactions__is_qualifying=True) & ~Q(interactions__answer=AnswerKind.HOLDING)
    return (
        requests_read_by(actor)
        .filter(channel=Channel.COUNCIL, confidentiality=Confidentiality.ORDINARY)
        .annotate(first_answer_at=Min("interactions__occurred_at", filter=answers))
        .select_related("category", "department")
        .order_by("-received_at", "-pk")
    )


def as_contacts(rows: Iterable[Any]) -> Iterator[CouncilContact]:
    """Put rows of the list into contacts."""
    for row in rows:
        yield CouncilContact(row, row.first_answer_at)
