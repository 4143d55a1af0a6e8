"""How a complaint begins: its record beside the request, and the clocks that are owed it (III.b.v.1)."""

from requests_app.domain.vocabulary import Milestone
from requests_app.models import Complaint, Interaction, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.services.clocks import start_clock


def begin_complaint(
    service_request: ServiceRequest, *, inbound: Interaction, about_request_id: int | None, actor: Actor
) -> Complaint:
    """Open the record of a complaint just logged, with the clocks of acknowledgement and answer.

    Nobody can be acknowledged who cannot be reached or wants no reply; it is looked into all the same.
    """
    complaint = Complaint.objects.create(service_request=service_request, about_request_id=about_request_id)
    if not service_request.no_reply:
        start_clock(service_request, milestone=Milestone.COMPLAINT_ACKNOWLEDGED, interaction=inbound, actor=actor)
    owe_written_answer(service_request, interaction=inbound, actor=actor)
    return complaint


def owe_written_answer(service_request: ServiceRequest, *, interaction: Interaction, actor: Actor) -> None:
    """Start the clock of the written outcome."""
    start_clock(service_request, milestone=Milestone.COMPLAINT_ANSWER, interaction=interaction, actor=actor)


def answer_anew(service_request: ServiceRequest, *, interaction: Interaction, actor: Actor) -> None:
    """Owe a written outcome once more: after "not resolved", for a review, and where it is opened again.

    What was looked into for the answer before does not count for this one.
    """
    Complaint.objects.filter(service_request=service_request).update(investigated_by=None, investigation_began_at=None)
    owe_written_answer(service_request, interaction=interaction, actor=actor)
