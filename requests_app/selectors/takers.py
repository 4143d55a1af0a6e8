"""Who may take over what is with nobody, or is reviewed: nearest first, up the tree (III.a.iv, III.b.v.1)."""

from collections.abc import Sequence
from datetime import datetime

from requests_app.domain.vocabulary import Role
from requests_app.models import Employee, ServiceRequest
from requests_app.selectors.ownership import past_deciders
from requests_app.selectors.recipients import Roster


def supervisors_of(service_request: ServiceRequest, *, roster: Roster | None = None) -> list[Employee]:
    """Give the nearest supervisors, up the tree, who may take a request over; none if there is no such person.

    With a roster that knows of absences, those who are there come before those who are not.
    """
    return _nearest([Role.SUPERVISOR], service_request, roster or Roster([service_request]))


def reviewers_of(service_request: ServiceRequest, *, now: datetime) -> list[Employee]:
    """Give who may take over the review of a complaint: supervisors, else heads, else Human Resources (III.b.v.1).

    Whoever is away is passed over while anybody of those is there.
    """
    roster = Roster([service_request], now=now)
    return _nearest([Role.SUPERVISOR, Role.DEPARTMENT_HEAD, Role.HR], service_request, roster)


def _nearest(roles: Sequence[Role], service_request: ServiceRequest, roster: Roster) -> list[Employee]:
    """Give the nearest holders of the first of these roles, up the tree, who may see a request.

    Nobody who decided what is reviewed is among them.
    """
    deciders = past_deciders(service_request)
    for even_away in (False, True):
        for group in (group for role in roles for group in roster.up_the_tree(role, service_request)):
            able = roster.eligible(group, service_request, even_away=even_away)
            reached = [person for person in able if person.pk not in deciders]
            if reached:
                return reached
    return []
