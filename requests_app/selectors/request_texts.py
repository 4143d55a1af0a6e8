"""Where the words of a request are kept: the one list behind redacting, purging and destroying them.

A table that holds words of a request and is not named here fails a test.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from requests_app.models import (
    Attachment,
    Award,
    ClockRevision,
    Commendation,
    Complaint,
    ComplaintDecision,
    Consultation,
    Draft,
    Escalation,
    Event,
    Excusal,
    ExcusalProposal,
    FairnessStep,
    ImportedCase,
    Improvement,
    ImprovementComment,
    Interaction,
    LegalHold,
    Notice,
    OutgoingMail,
    PastFacts,
    RecordsDetermination,
    ServiceRequest,
    Snooze,
)


@dataclass(frozen=True, slots=True)
class TextHome:
    """A table with words of a request: the way from its rows to the request, and its columns of free text.

    `is_content` tells what is destroyed with the request from what is kept as a record of its own.
    """

    model: type[models.Model]
    way: str
    fields: tuple[str, ...]
    is_content: bool = True

    def rows_of(self, request_ids: list[int]) -> QuerySet[Any]:
        """Give the rows that belong to these requests, each once."""
        # By key, not joined: a mail that tells of several requests is one row.
        found = self.model._default_manager.filter(**{f"{self.way}__in": request_ids}).values("pk")
        return self.model._default_manager.filter(pk__in=found)

    def place(self, field: str) -> str:
        """Name a column, as redactions keep it."""
        return f"{self.model._meta.model_name}.{field}"

    def room(self, field: str) -> int | None:
        """Give how many characters a column takes; None for any number."""
        return getattr(self.model._meta.get_field(field), "max_length", None)


class DraftHome(TextHome):
    """What people typed on a request and have not saved: a draft's key ends with the number it was typed for."""

    def rows_of(self, request_ids: list[int]) -> QuerySet[Any]:
        """Give the drafts typed on these requests."""
        numbers = ServiceRequest.objects.filter(pk__in=request_ids).values_list("number", flat=True)
        typed_for = Q(pk__in=[])
        for number in numbers:
            typed_for |= Q(form_key__endswith=f"-{number}")
        return Draft.objects.filter(typed_for)


TEXT_HOMES: tuple[TextHome, ...] = (
    TextHome(
        ServiceRequest,
        "pk",
        ("title", "place", "best_time_to_reach", "external_reference", "outcome_note", "hazard_told"),
    ),
    TextHome(Interaction, "service_request", ("text",)),
    TextHome(Attachment, "service_request", ("name",)),
    TextHome(Event, "service_request", ("text", "data")),
    TextHome(ClockRevision, "clock__service_request", ("note",)),
    TextHome(Excusal, "clock__service_request", ("reason",)),
    TextHome(ExcusalProposal, "clock__service_request", ("note", "decision_reason")),
    TextHome(Snooze, "clock__service_request", ("reason",)),
    TextHome(ImportedCase, "service_request", ("category_text", "channel_text", "status_text")),
    # Figures are counted by them: a report of a past year reads them when the rest is destroyed.
    TextHome(ImportedCase, "service_request", ("agency",), is_content=False),
    TextHome(PastFacts, "service_request", ("agency",), is_content=False),
    TextHome(Notice, "service_request", ("text",)),
    TextHome(RecordsDetermination, "service_request", ("note",)),
    TextHome(OutgoingMail, "notices__service_request", ("subject", "body", "last_error")),
    TextHome(Consultation, "service_request", ("question",)),
    TextHome(Complaint, "service_request", ("desired_outcome", "review_reason")),
    TextHome(ComplaintDecision, "complaint__service_request", ("findings", "reasons", "remedy", "lesson")),
    TextHome(FairnessStep, "complaint__service_request", ("text",)),
    TextHome(Escalation, "service_request", ("to_outside", "reason", "sent_back_reason", "answer")),
    TextHome(Commendation, "service_request", ("text", "withdrawn_reason")),
    DraftHome(Draft, "form_key", ("typed",)),
    # What staff made of a resident's words is a record of its own; a name redacted there is redacted here too.
    TextHome(Improvement, "service_request", ("title", "text", "decision_reason", "done_note"), is_content=False),
    TextHome(ImprovementComment, "improvement__service_request", ("text",), is_content=False),
    TextHome(Award, "commendation__service_request", ("name", "occasion", "withdrawn_reason"), is_content=False),
    TextHome(LegalHold, "service_requests", ("reason", "release_reason"), is_content=False),
)
HOMES_BY_PLACE: dict[str, tuple[TextHome, str]] = {
    home.place(field): (home, field) for home in TEXT_HOMES for field in home.fields
}


def texts_of(request_id: int) -> Iterator[tuple[str, int, Any]]:
    """Give every text of a request with its place and the key of its row, one query a table."""
    for home in TEXT_HOMES:
        for pk, *values in home.rows_of([request_id]).order_by("pk").values_list("pk", *home.fields):
            for field, value in zip(home.fields, values, strict=True):
                if value:
                    yield home.place(field), pk, value
