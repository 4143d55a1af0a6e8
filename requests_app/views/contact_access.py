"""Who is logging: the door of every page and endpoint of the log form."""

from django.http import HttpRequest

from requests_app.selectors.access import Actor
from requests_app.selectors.contacts import may_log
from requests_app.views.gates import actor_who


def logging_actor(request: HttpRequest) -> Actor:
    """Give the person logging. Raises PermissionDenied for a role that logs nothing, such as auditor."""
    return actor_who(request, may_log)
