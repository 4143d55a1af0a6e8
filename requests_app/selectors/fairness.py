"""What people a complaint is about were told, offered and asked, and what is still owed to them (DOMAIN 4)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from requests_app.domain.fairness import is_heard, still_owed
from requests_app.domain.vocabulary import FairnessKind
from requests_app.models import Employee, FairnessStep, ServiceRequest
from requests_app.models.labels import FAIRNESS_KINDS
from requests_app.selectors.directory import people_concerned


@dataclass(frozen=True, slots=True)
class Fairness:
    """The steps of one person concerned, and the kinds that are open."""

    employee: Employee
    steps: Sequence[FairnessStep]
    owed: Sequence[FairnessKind]
    is_heard: bool

    @property
    def owed_words(self) -> list[str]:
        """Name what is still owed."""
        return [str(FAIRNESS_KINDS[kind]) for kind in self.owed]


def fairness_of(service_request: ServiceRequest) -> list[Fairness]:
    """Give each person a complaint is about with what was done for them, by name (two queries; none for others).

    For whoever may read the complaint; their statement is in it.
    """
    if not service_request.is_complaint:
        return []
    people = list(people_concerned(service_request))
    taken: dict[int, list[FairnessStep]] = defaultdict(list)
    if people:
        steps = FairnessStep.objects.filter(complaint__service_request=service_request).select_related("by")
        for step in steps:
            taken[step.employee_id].append(step)
    return [_of(person, taken[person.pk]) for person in people]


def fairness_owed(service_request: ServiceRequest) -> list[Fairness]:
    """Give those of them to whom something is still owed; the answer form warns of who was not heard."""
    return [person for person in fairness_of(service_request) if person.owed]


def _of(person: Employee, steps: Sequence[FairnessStep]) -> Fairness:
    done = [step.kind for step in steps]
    return Fairness(person, steps, still_owed(done), is_heard(done))
