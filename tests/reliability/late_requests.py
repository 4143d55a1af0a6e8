"""Many late requests at once, for drills: rows in bulk, owners and supervisors enough to spread them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from requests_app.domain.vocabulary import Role
from requests_app.models import Employee, ResponseClock, RoleAssignment, ServiceRequest, ServiceStandard
from requests_app.selectors.standards import response_calendar_version
from tests.factories import DepartmentFactory, EmployeeFactory, ServiceRequestFactory, give_role

# Monday 23 November, 8:00 am: what became late at Friday's closing is told now.
OPENING = datetime.fromisoformat("2026-11-23T16:00:00+00:00")
DUE_AT = datetime.fromisoformat("2026-11-21T01:00:00+00:00")
NOT_YET_AT = OPENING + timedelta(days=7)


@dataclass(frozen=True)
class Crowd:
    """Requests that became late, each owned by somebody in a department with a supervisor."""

    late: list[ServiceRequest]
    owners: list[Employee]

    @property
    def expected(self) -> set[tuple[int, int]]:
        """Every request with each person who has to be told of it once."""
        by_department = dict(
            RoleAssignment.objects.filter(role=Role.SUPERVISOR).values_list("department_id", "employee_id")
        )
        told = {(each.pk, each.owner_id or 0) for each in self.late}
        return told | {(each.pk, by_department[each.department_id or 0]) for each in self.late}


def crowd(*, late: int, waiting: int = 0, departments: int = 5, owners: int = 20) -> Crowd:
    """Make so many late requests among so many that are not due for a week."""
    offices = [DepartmentFactory.create() for _ in range(departments)]
    for office in offices:
        give_role(EmployeeFactory.create(department=office), Role.SUPERVISOR, office)
    people = [EmployeeFactory.create(department=offices[number % departments]) for number in range(owners)]
    for person in people:
        give_role(person, Role.STAFF, person.department)
    requests = _requests(late + waiting, people)
    _clocks(requests[:late], due_at=DUE_AT, next_stage_at=OPENING)
    _clocks(requests[late:], due_at=NOT_YET_AT, next_stage_at=NOT_YET_AT - timedelta(hours=9))
    return Crowd(requests[:late], people)


def _requests(count: int, people: list[Employee]) -> list[ServiceRequest]:
    received_at = DUE_AT - timedelta(days=1)
    rows = [
        ServiceRequestFactory.build(
            owner=person, department=person.department, received_at=received_at, title=f"Request {number}"
        )
        for number, person in ((number, people[number % len(people)]) for number in range(count))
    ]
    return ServiceRequest.objects.bulk_create(rows, batch_size=2000)


def _clocks(requests: list[ServiceRequest], *, due_at: datetime, next_stage_at: datetime) -> None:
    standard = ServiceStandard.objects.get(code="phone_response")
    version = response_calendar_version()
    rows = [
        ResponseClock(
            service_request=service_request,
            milestone="response",
            clause=standard.clause,
            standard=standard,
            channel="phone",
            department=service_request.department,
            calendar_version=version,
            started_at=service_request.received_at,
            recorded_at=service_request.received_at,
            due_at=due_at,
            next_stage_at=next_stage_at,
        )
        for service_request in requests
    ]
    ResponseClock.objects.bulk_create(rows, batch_size=2000)
