"""Whom the forms on the page of one request offer, read once for all of them."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from requests_app.models import Employee, ResponseClock, ServiceRequest
from requests_app.selectors.away_words import away_marks
from requests_app.selectors.directory import employees_not_concerned
from requests_app.selectors.request_choices import Offered, RequestChoices, request_choices
from requests_app.selectors.snoozes import may_be_snoozed, snoozable_clocks
from requests_app.selectors.whereabouts import Whereabouts, may_be_away


class Pickers:
    """The people and departments that can be chosen on a request; nobody it is about is among them.

    With the whereabouts whoever is away is marked (III.b.ii.5): few queries more, and only where somebody is.
    `clocks` are the obligations of the request, where they were read already.
    """

    def __init__(
        self,
        service_request: ServiceRequest,
        *,
        whereabouts: Whereabouts | None = None,
        clocks: Sequence[ResponseClock] | None = None,
    ) -> None:
        self._request = service_request
        self._whereabouts = whereabouts
        self._clocks = clocks

    @cached_property
    def people(self) -> Offered:
        """Give everybody who works here, with their department, and until when they are away."""
        people = employees_not_concerned(self._request)
        if self._whereabouts:
            people = people.annotate(may_be_away=may_be_away(self._whereabouts.at))
        return away_choices(people, self._whereabouts)

    @cached_property
    def clocks_ahead(self) -> list[ResponseClock]:
        """Give the obligations whose reminders may be put off, the earliest first."""
        if self._clocks is None:
            return list(snoozable_clocks(self._request))
        return sorted((clock for clock in self._clocks if may_be_snoozed(clock)), key=lambda clock: str(clock.due_at))

    @cached_property
    def others(self) -> RequestChoices:
        """Give what is chosen besides people, read together."""
        return request_choices()

    @property
    def departments(self) -> Offered:
        """Give the departments in use."""
        return self.others.departments


def away_choices(people: Iterable[Employee], whereabouts: Whereabouts | None) -> Offered:
    """Name people with their department, and say of whoever is away until when."""
    people = list(people)
    marks = away_marks(people, whereabouts) if whereabouts else {}
    return [(person.pk, _label(person, marks.get(person.pk, ""))) for person in people]


def _label(person: Employee, away: str) -> str:
    name = f"{person.name}, {person.department.name}"
    return f"{name}: {away}" if away else name
