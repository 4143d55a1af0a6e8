"""What was said on a request and what was done to it, as far as its reader may know."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import AttemptOutcome, Direction
from requests_app.models import Event, Interaction, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.visibility import is_masked, reads_notes_of, visible_interactions

# Reasons and notes among colleagues; what the customer was told, and why it came back to the front desk, is for all.
_AMONG_COLLEAGUES = frozenset(
    {
        EventKind.GIVEN,
        EventKind.WAITING,
        EventKind.CORRECTED,
        EventKind.EXCUSED,
        EventKind.EXCUSAL_REVOKED,
        EventKind.EXCUSAL_PROPOSED,
        EventKind.EXCUSAL_REFUSED,
        EventKind.CONSULTED,
        EventKind.CONSULTATION_ENDED,
        EventKind.RESTRICTED,
        EventKind.PERSON_NAMED,
        EventKind.RECORDS_LINKED,
        EventKind.FAIRNESS_KEPT,
        EventKind.ESCALATED,
        EventKind.ESCALATION_SENT_BACK,
        EventKind.ESCALATION_CLIMBED,
        EventKind.ESCALATION_ANSWERED,
        EventKind.SNOOZED,
    }
)


@dataclass(frozen=True, slots=True)
class Touch:
    """One interaction as shown in the conversation."""

    interaction: Interaction
    css_class: str
    icon: str
    who: str
    how: str


def way_taken(service_request: ServiceRequest, *, at: datetime) -> str:
    """Say why a contact logged at an instant went to somebody else than was meant; nothing where it did not."""
    routed = Event.objects.filter(service_request=service_request, kind=EventKind.ROUTED, at=at).first()
    return routed.text if routed else ""


class Story:
    """The story of a request a reader may see, without what is not for this reader."""

    def __init__(self, service_request: ServiceRequest, *, actor: Actor) -> None:
        self._request = service_request
        self._actor = actor

    @cached_property
    def is_masked(self) -> bool:
        """Say whether identity and words are kept from the reader."""
        return is_masked(self._actor, self._request)

    @cached_property
    def reads_notes(self) -> bool:
        """Say whether the reader is one of the colleagues that notes and reasons are written for."""
        return not self.is_masked and reads_notes_of(self._actor, self._request)

    def conversation(self) -> list[Touch]:
        """Give the touches in order; mask the request first where it is to be masked."""
        rows = visible_interactions(self._actor, self._request).select_related("employee").order_by("occurred_at", "pk")
        touches = [_touch(row, self._request) for row in rows]
        if self.is_masked:
            for touch in touches:
                touch.interaction.text = ""
        return touches

    def events(self) -> list[Event]:
        """Give the events in order, each with the text its reader may know; never save them."""
        rows = list(Event.objects.filter(service_request=self._request).select_related("actor", "on_behalf_of"))
        for row in rows:
            if self.is_masked or (row.kind in _AMONG_COLLEAGUES and not self.reads_notes):
                row.text = str(row.data.get("to", ""))
        return rows


def _touch(row: Interaction, service_request: ServiceRequest) -> Touch:
    if row.direction == Direction.NOTE:
        return Touch(row, "touch-note", "lock", _by(row), gettext("Internal note"))
    if row.direction == Direction.INBOUND:
        name = service_request.customer_line or str(service_request.colleague or gettext("Name not given"))
        how = gettext("calling again") if row.is_calling_again else ""
        return Touch(row, "touch-in", "", name, how)
    how = str(row.get_answer_display() if row.is_qualifying else row.get_outcome_display())
    if row.outcome == AttemptOutcome.LEFT_MESSAGE:
        how = str(row.get_outcome_display())
    return Touch(row, "touch-out", "", _by(row), how)


def _by(row: Interaction) -> str:
    return row.employee.name if row.employee else gettext("The system")
