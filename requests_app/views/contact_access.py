"""Who is logging: the door of every page and endpoint of the log form."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from requests_app.selectors.access import Actor, actor_for
from requests_app.selectors.contacts import may_log


def logging_actor(request: HttpRequest) -> Actor:
    """Give the person logging. Raises PermissionDenied for a role that logs nothing, such as auditor."""
    actor = actor_for(request.user)
    if not may_log(actor):
        raise PermissionDenied
    return actor
