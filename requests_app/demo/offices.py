"""Who works where in the demo: posts by department, 110 of them with a login."""

from typing import NamedTuple

from requests_app.domain.vocabulary import Role


class Post(NamedTuple):
    """One post: its department, title, the roles held there or, for the city as a whole, at the root."""

    department: str
    title: str
    roles: tuple[Role, ...] = (Role.STAFF,)
    city_roles: tuple[Role, ...] = ()
    login: str = ""
    is_sworn: bool = False


_HEAD = (Role.DEPARTMENT_HEAD,)
_LEAD = (Role.SUPERVISOR, Role.STAFF)

LEADING_POSTS = (
    Post("city-manager", "City Manager", _HEAD, (Role.CITY_MANAGER,), login="manager"),
    Post("city-manager", "Assistant to the City Manager", _LEAD),
    Post("city-clerk", "City Clerk", _HEAD, (Role.RECORDS_CLERK,)),
    Post("city-clerk", "Deputy City Clerk", _LEAD, (Role.RECORDS_CLERK, Role.FRONT_DESK)),
    Post("human-resources", "Human Resources Director", _HEAD, (Role.HR,)),
    Post("human-resources", "Human Resources Analyst", _LEAD, (Role.HR,), login="hr"),
    Post("finance", "Finance Director", _HEAD),
    Post("finance", "Accounting Supervisor", _LEAD),
    Post("community-development", "Community Development Director", _HEAD),
    Post("building", "Building Official", _LEAD),
    Post("planning", "Planning Manager", _LEAD),
    Post("code-enforcement", "Code Enforcement Supervisor", _LEAD),
    Post("public-works", "Public Works Director", _HEAD, login="head"),
    Post("operations-and-maintenance", "Public Works Supervisor", _LEAD, login="supervisor"),
    Post("water-pollution-control-plant", "Plant Supervisor", _LEAD),
    Post("police", "Police Chief", _HEAD, is_sworn=True),
    Post("police", "Police Sergeant", _LEAD, is_sworn=True),
    Post("police", "Police Sergeant", _LEAD, is_sworn=True),
    Post("police-dispatch", "Dispatch Supervisor", _LEAD),
    Post("community-services", "Community Services Director", _HEAD),
    Post("recreation", "Recreation Supervisor", _LEAD),
    Post("senior-center", "Senior Center Supervisor", _LEAD),
    Post("youth", "Youth Programs Supervisor", _LEAD),
    Post("swim-center", "Aquatics Supervisor", _LEAD),
    Post("community-tv", "Station Manager", _HEAD),
    Post("community-tv", "Producer", _LEAD),
)
FRONT_DESK_POST = Post("city-clerk", "Customer Service Representative", (Role.STAFF,), (Role.FRONT_DESK,))
NAMED_POSTS = (
    FRONT_DESK_POST._replace(login="frontdesk"),
    Post("finance", "Information Systems Specialist", (), (Role.ADMINISTRATOR,), login="admin"),
    Post("operations-and-maintenance", "Maintenance Worker II", login="staff"),
)
# Department, title, how many.
STAFF_POSTS = (
    ("city-manager", "Management Analyst", 2),
    ("human-resources", "Human Resources Technician", 2),
    ("finance", "Accounting Technician", 5),
    ("building", "Building Inspector", 4),
    ("planning", "Associate Planner", 3),
    ("code-enforcement", "Code Enforcement Officer", 2),
    ("operations-and-maintenance", "Maintenance Worker", 19),
    ("water-pollution-control-plant", "Plant Operator", 7),
    ("police-dispatch", "Dispatcher", 6),
    ("police", "Records Specialist", 3),
    ("recreation", "Recreation Coordinator", 4),
    ("senior-center", "Senior Center Coordinator", 2),
    ("youth", "Youth Coordinator", 3),
    ("swim-center", "Lifeguard", 3),
    ("community-tv", "Technician", 1),
)
FRONT_DESK_POSTS = 3
SWORN_OFFICERS = 12
# On the roster without a login: contractors, volunteers, somebody who has left.
WITHOUT_LOGIN = (
    ("building", "Plan Check Consultant", "contractor", True),
    ("senior-center", "Lunch Volunteer", "volunteer", True),
    ("community-tv", "Camera Volunteer", "volunteer", True),
    ("finance", "Accounting Technician", "employee", False),
)


def posts() -> list[Post]:
    """Give every post that has a login, those of the demo logins included."""
    staff = [Post(department, title) for department, title, count in STAFF_POSTS for _ in range(count)]
    officers = [Post("police", "Police Officer", is_sworn=True)] * SWORN_OFFICERS
    return [*LEADING_POSTS, *NAMED_POSTS, *[FRONT_DESK_POST] * FRONT_DESK_POSTS, *staff, *officers]
