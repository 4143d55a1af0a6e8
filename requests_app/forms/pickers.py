"""Whom the forms on the page of one request offer, read once for all of them."""

from functools import cached_property

from requests_app.models import ServiceRequest
from requests_app.selectors.directory import active_departments, employees_not_concerned

Offered = list[tuple[int, str]]


class Pickers:
    """The people and departments that can be chosen on a request; nobody it is about is among them."""

    def __init__(self, service_request: ServiceRequest) -> None:
        self._request = service_request

    @cached_property
    def people(self) -> Offered:
        """Give everybody who works here, with their department."""
        return [
            (person.pk, f"{person.name}, {person.department.name}") for person in employees_not_concerned(self._request)
        ]

    @cached_property
    def departments(self) -> Offered:
        """Give the departments in use."""
        return [(department.pk, department.name) for department in active_departments()]
