"""What a failed request is told."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from requests_app.views import errors


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 while the database is away, 500 for anything else; never a trace."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return errors.service_unavailable(request)
    return errors.server_error(request)
