"""Whom the compliments of the demo thank; most become a commendation (III.d.iii)."""

from requests_app.demo import profile
from requests_app.demo.arrivals import Arrival
from requests_app.demo.matters import Matter
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import CommendationState, Involvement, RequestKind
from requests_app.models import Commendation, RequestSubject


def pass_on_thanks(matter: Matter, arrival: Arrival) -> None:
    """Name somebody of the department as thanked, with a draft that is given, laid aside or still waits."""
    world, request = matter.world, matter.request
    if arrival.kind is not RequestKind.COMPLIMENT or request.department is None or request.recorded_by is None:
        return
    people = [one for one in world.roster.staff[request.department.pk] if one != request.recorded_by]
    at = world.after_open_minutes(request.recorded_at, world.rng.randrange(2, 30))
    if not people or at > world.until_at or not world.happens(profile.THANKED_SHARE):
        return
    person, desk = world.one_of(people), request.recorded_by
    matter.subjects.append(
        RequestSubject(service_request=request, employee=person, involvement=Involvement.MENTIONED.value)
    )
    draft = Commendation(service_request=request, employee=person, text=request.title, drafted_by=desk, drafted_at=at)
    matter.commendations.append(draft)
    matter.tell(EventKind.THANKED, at, desk, person.name, employees=str(person.pk))
    decided_at = world.after_days(at, world.rng.uniform(1, 30))
    if decided_at <= world.until_at and world.happens(profile.COMMENDED_SHARE):
        is_given = world.happens(0.8)
        draft.state = (CommendationState.GIVEN if is_given else CommendationState.LAID_ASIDE).value
        draft.decided_at, draft.decided_by = decided_at, world.supervisor_of(request.department.pk, other_than=person)
