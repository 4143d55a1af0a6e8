"""Who may open a page that shows no request: by role, asked in one place."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from requests_app.domain.vocabulary import Role
from requests_app.selectors.access import Actor, actor_for


def actor_holding(request: HttpRequest, *roles: Role) -> Actor:
    """Give the person acting. Raises PermissionDenied unless one of the roles is held somewhere."""
    actor = actor_for(request.user)
    if actor.employee is None or not actor.holds(*roles):
        raise PermissionDenied
    return actor


def signed_in_employee(request: HttpRequest) -> Actor:
    """Give the person acting. Raises PermissionDenied for a login that belongs to nobody on the roster."""
    actor = actor_for(request.user)
    if actor.employee is None:
        raise PermissionDenied
    return actor


def actor_who(request: HttpRequest, may: Callable[[Actor], bool]) -> Actor:
    """Give the person acting. Raises PermissionDenied unless a rule lets them."""
    actor = actor_for(request.user)
    if not may(actor):
        raise PermissionDenied
    return actor
