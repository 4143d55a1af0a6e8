"""Complaints of the demo: who looks into them, and the few that only some may read."""

from requests_app.demo import profile
from requests_app.demo.arrivals import Arrival
from requests_app.demo.matters import Matter
from requests_app.demo.phrases import titles
from requests_app.demo.world import World
from requests_app.domain.vocabulary import Confidentiality, Involvement, RequestKind
from requests_app.models import Department, Employee, RequestSubject

_IMPROPER_AT = (4, 9)  # which of the restricted ones report improper activity


def restricted_title(world: World, arrival: Arrival) -> str:
    """Give the title of a complaint about a person, or nothing for any other matter."""
    if arrival.kind is not RequestKind.COMPLAINT or world.categories[arrival.subject].department.slug == "police":
        return ""
    if world.restricted_count and not world.happens(profile.CONFIDENTIAL_COMPLAINTS_SHARE):
        return ""
    world.restricted_count += 1
    if world.restricted_count == 1:
        return titles.SUPERVISOR_SUBJECT_TITLE
    if world.restricted_count in _IMPROPER_AT:
        return titles.IMPROPER_TITLE
    return world.one_of(titles.CONFIDENTIAL_TITLES).format(place=world.place())


def restrict(matter: Matter) -> None:
    """Keep the people concerned out: Human Resources owns it, and they can never read it."""
    world, request = matter.world, matter.request
    request.owner, request.unowned_until_at, request.for_employee = world.roster.by_login["hr"], None, None
    improper = request.title == titles.IMPROPER_TITLE
    request.confidentiality = (Confidentiality.IMPROPER_ACTIVITY if improper else Confidentiality.CONFIDENTIAL).value
    if request.title == titles.SUPERVISOR_SUBJECT_TITLE:
        concerned = world.roster.by_login["supervisor"]
        _place_in(matter, concerned.department)
    else:
        concerned = _somebody(matter)
    matter.subjects.append(
        RequestSubject(service_request=request, employee=concerned, involvement=Involvement.CONCERNED.value)
    )


def give_to_supervisor(matter: Matter) -> None:
    """Let a supervisor look into an ordinary complaint."""
    request = matter.request
    if request.department is not None:
        request.owner, request.unowned_until_at = matter.world.supervisor_of(request.department.pk), None


def _place_in(matter: Matter, department: Department) -> None:
    matter.request.department = department
    for row in (*matter.clocks, *matter.revisions):
        row.department = department
    for event in matter.events:
        if "department" in event.data:
            event.data["department"] = str(department.pk)


def _somebody(matter: Matter) -> Employee:
    world, request = matter.world, matter.request
    department_id = request.department.pk if request.department else 0
    people = [person for person in world.roster.staff[department_id] if person != request.recorded_by]
    return world.one_of(people or world.roster.front_desk)
