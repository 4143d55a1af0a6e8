"""The people of every test: Alice owns, Bob is on the team, Charlie must never get in."""

from dataclasses import dataclass

from django.contrib.auth.models import User

from requests_app.domain.vocabulary import Role
from requests_app.models import Department, Employee
from requests_app.selectors.access import Actor, actor_for_employee
from tests.factories import EmployeeFactory, give_role, make_login


@dataclass(frozen=True)
class Cast:
    """Everybody has a login, an address and one role; `streets` is where the requests of most tests belong.

    The department tree is city > public works > streets; Charlie works in `finance`.
    """

    streets: Department
    public_works: Department
    finance: Department
    alice: Employee  # staff of streets; owns what a test gives her
    bob: Employee  # staff of streets
    sam: Employee  # supervisor of streets
    dora: Employee  # head of public works
    max: Employee  # city manager
    hana: Employee  # human resources
    fay: Employee  # front desk
    ada: Employee  # administrator, with no right to content
    charlie: Employee  # staff of finance: must never get in
    cleo: Employee  # records clerk
    otto: Employee  # auditor: reads, masked
    lena: Employee  # city attorney: single records, by invitation


def assemble_cast() -> Cast:
    """Put everybody into the departments of the city, which has to be set up."""
    departments = {department.slug: department for department in Department.objects.all()}
    streets = departments["operations-and-maintenance"]
    public_works, finance = departments["public-works"], departments["finance"]

    def person(name: str, role: Role, department: Department, works_in: str = "") -> Employee:
        employee = EmployeeFactory.create(
            name=name,
            email=f"{name.split(maxsplit=1)[0].lower()}@pinole.example",
            department=departments[works_in] if works_in else department,
        )
        give_role(employee, role, department)
        make_login(employee)
        return employee

    city = departments["city-of-pinole"]
    return Cast(
        streets=streets,
        public_works=public_works,
        finance=finance,
        alice=person("Alice Owner", Role.STAFF, streets),
        bob=person("Bob Teammate", Role.STAFF, streets),
        sam=person("Sam Supervisor", Role.SUPERVISOR, streets),
        dora=person("Dora Head", Role.DEPARTMENT_HEAD, public_works),
        max=person("Max Manager", Role.CITY_MANAGER, city, "city-manager"),
        hana=person("Hana Resources", Role.HR, city, "human-resources"),
        fay=person("Fay Desk", Role.FRONT_DESK, city, "city-clerk"),
        ada=person("Ada Administrator", Role.ADMINISTRATOR, city, "city-clerk"),
        charlie=person("Charlie Outsider", Role.STAFF, finance),
        cleo=person("Cleo Clerk", Role.RECORDS_CLERK, city, "city-clerk"),
        otto=person("Otto Auditor", Role.AUDITOR, city, "finance"),
        lena=person("Lena Attorney", Role.ATTORNEY, city, "city-manager"),
    )


def actor(employee: Employee) -> Actor:
    """Give the actor a service takes; looked up anew, so a role given a moment ago counts."""
    return actor_for_employee(employee)


def login_of(employee: Employee) -> User:
    """Give the login to hand to `client.force_login`."""
    user = User.objects.get(employee=employee)
    assert isinstance(user, User)
    return user
