"""What every copy of a request has in common: what is read of it, and in which order it is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models

from requests_app.domain.file_names import unique_names
from requests_app.domain.record_copies import CopyDate, CopyEvent, CopyFile, CopyTouch, RecordCopy, Withheld
from requests_app.domain.vocabulary import Direction
from requests_app.models import Attachment, ContactPoint, Customer, Event, Interaction, ResponseClock, ServiceRequest

Row = TypeVar("Row", bound=models.Model)
_RELATED = ("category", "department", "owner", "customer", "colleague", "for_employee", "recorded_by", "merged_into")


@dataclass
class Copying:
    """A copy being made; the kinds of copy say what they show and what they hold back."""

    service_request: ServiceRequest

    def copy(self) -> RecordCopy:
        """Gather the copy; what was withheld on the way is told last."""
        found = self.restored(self.service_request)
        return RecordCopy(
            number=found.number,
            title=self.words(found.title),
            facts=self._facts(found),
            dates=self._dates(),
            correspondence=[self._touch(row) for row in self.interactions()],
            events=[self._event(row) for row in self._rows(Event).select_related("actor").order_by("at", "pk")],
            files=self._files(),
            withheld=self.withheld(),
        )

    def words(self, text: str) -> str:
        """Give a text as the copy shows it."""
        return text

    def restored(self, row: Row) -> Row:
        """Give a row as the copy knows it."""
        return row

    def withheld(self) -> list[Withheld]:
        """Give what was withheld so far."""
        return []

    def customer_name(self) -> str:
        """Give who asked, as the copy shows it."""
        return self.service_request.customer_line

    def contacts(self) -> str:
        """Give how to reach the customer, as the copy shows it."""
        return ""

    def place(self, found: ServiceRequest) -> str:
        """Give the place, as the copy shows it."""
        return found.place

    def event_text(self, text: str) -> str:
        """Give the text of an event, as the copy shows it."""
        return text

    def attachments(self) -> Iterable[Attachment]:
        """Give the files that go with the copy."""
        rows: Iterable[Attachment] = self._rows(Attachment).select_related("interaction")
        return rows

    def interactions(self) -> Iterable[Interaction]:
        """Give the interactions that go with the copy, oldest first."""
        rows: Iterable[Interaction] = self._rows(Interaction).select_related("employee").order_by("occurred_at", "pk")
        return rows

    def _rows(self, model: Any) -> Any:
        return model._default_manager.filter(service_request=self.service_request)

    def _facts(self, found: ServiceRequest) -> dict[str, Any]:
        facts = {
            "tracking_number": found.number,
            "kind": found.get_kind_display(),
            "status": found.get_status_display(),
            "channel": found.get_channel_display(),
            "category": str(found.category or ""),
            "department": str(found.department or ""),
            "owner": str(found.owner or ""),
            "customer": self.customer_name() or str(found.colleague or ""),
            "contact_details": self.contacts(),
            "place": self.place(found),
            "received_at": found.received_at,
            "recorded_at": found.recorded_at,
            "recorded_by": str(found.recorded_by or ""),
            "closed_at": found.closed_at,
            "how_it_ended": found.get_disposition_display() if found.disposition else "",
            "outcome": found.outcome_note,
            "number_elsewhere": found.external_reference,
            "danger_told": found.hazard_told,
            "merged_into": found.merged_into.number if found.merged_into else "",
        }
        return {key: self.words(value) if isinstance(value, str) else value for key, value in facts.items()}

    def _dates(self) -> list[CopyDate]:
        clocks = self._rows(ResponseClock).select_related("standard").order_by("started_at", "pk")
        return [
            CopyDate(
                milestone=clock.get_milestone_display(),
                standard=clock.standard.name,
                clause=clock.clause,
                started_at=clock.started_at,
                due_at=clock.due_at,
                answered_at=clock.met_at,
                outcome=clock.get_verdict_display(),
            )
            for clock in clocks
        ]

    def _touch(self, row: Interaction) -> CopyTouch:
        row = self.restored(row)
        inbound = row.direction == Direction.INBOUND
        who = self.customer_name() if inbound else str(row.employee or "")
        return CopyTouch(
            row.get_direction_display(),
            row.get_channel_display(),
            row.occurred_at,
            self.words(who),
            self.words(row.text),
        )

    def _event(self, row: Event) -> CopyEvent:
        row = self.restored(row)
        who = str(row.actor) if row.actor else "The system"
        return CopyEvent(row.get_kind_display(), row.at, self.words(who), self.event_text(row.text))

    def _files(self) -> list[CopyFile]:
        rows = [self.restored(row) for row in self.attachments()]
        names = unique_names(self.words(row.name) for row in rows)
        return [
            CopyFile(name, row.content_type, row.size, row.sha256, row.path)
            for name, row in zip(names, rows, strict=True)
        ]


def request_to_copy(request_id: int) -> ServiceRequest:
    """Read a request with what a copy tells of it."""
    return ServiceRequest.objects.select_related(*_RELATED).get(pk=request_id)


def points_of(customer: Customer) -> list[str]:
    """Give the ways to reach a customer, as typed."""
    return list(ContactPoint.objects.filter(customer=customer).values_list("as_typed", flat=True))
