"""Thanks to people: who tells whom, and which drafts somebody may see and finish (III.d.iii)."""

from django.db.models import Q, QuerySet

from requests_app.domain.vocabulary import CommendationState, Confidentiality, Direction, Role
from requests_app.models import Commendation, Employee, Interaction, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.directory import chain_of, holders_of, is_concerned
from requests_app.selectors.recipients import present
from requests_app.selectors.visibility import requests_not_about

_LEADS = (Role.SUPERVISOR, Role.DEPARTMENT_HEAD)
_MOST = 100


def words_of_compliment(service_request: ServiceRequest) -> str:
    """Give what was said, as it was logged: the headline, and the longer text where there is one."""
    first = (
        Interaction.objects.filter(service_request=service_request, direction=Direction.INBOUND)
        .order_by("occurred_at", "pk")
        .values_list("text", flat=True)
        .first()
    )
    return "\n".join(dict.fromkeys(text for text in (service_request.title, first or "") if text))


def supervisors_over(employee: Employee, service_request: ServiceRequest) -> list[Employee]:
    """Give the nearest who lead somebody: supervisors up the tree, else heads; nobody leads themselves.

    Whoever the request is about is passed over.
    """
    for role in _LEADS:
        for department_id in chain_of(employee.department_id):
            able = [
                lead
                for lead in holders_of(role, [department_id])
                if lead.pk != employee.pk and present(lead) and not is_concerned(lead, service_request)
            ]
            if able:
                return able
    return []


def commendations_led_by(actor: Actor) -> QuerySet[Commendation]:
    """Give the commendations an actor edits, gives or lays aside: of their people, or all for Human Resources."""
    open_to = _readable(actor)
    if actor.holds(Role.HR):
        return open_to.exclude(employee=actor.employee_id)
    led = open_to.filter(service_request__confidentiality=Confidentiality.ORDINARY)
    return led.filter(employee__department__in=actor.departments_as(*_LEADS)).exclude(employee=actor.employee_id)


def commendations_of(actor: Actor) -> QuerySet[Commendation]:
    """Give what was written for the actor; what was laid aside or taken back is not shown to them."""
    mine = _readable(actor).filter(employee=actor.employee_id, withdrawn_at__isnull=True)
    return mine.filter(service_request__confidentiality=Confidentiality.ORDINARY).exclude(
        state=CommendationState.LAID_ASIDE
    )


def drafts_first(commendations: QuerySet[Commendation]) -> tuple[list[Commendation], list[Commendation]]:
    """Split into the drafts that wait and the newest that were decided (two queries, whatever their number)."""
    is_draft = Q(state=CommendationState.DRAFT)
    return list(commendations.filter(is_draft)[:_MOST]), list(commendations.exclude(is_draft)[:_MOST])


def _readable(actor: Actor) -> QuerySet[Commendation]:
    rows = Commendation.objects.filter(service_request__in=requests_not_about(actor))
    return rows.select_related("employee__department", "service_request", "decided_by", "withdrawn_by")
