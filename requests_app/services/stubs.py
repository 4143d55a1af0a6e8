"""A message for those who deal with a restricted request, from somebody who may not read it (DOMAIN 4)."""

from datetime import datetime

from django.db import transaction

from requests_app.domain.workflow import is_finished
from requests_app.selectors.access import Actor
from requests_app.services.closing import reopen_request
from requests_app.services.entries import InboundEntry
from requests_app.services.requests import add_contact
from requests_app.services.transitions import lock_request


@transaction.atomic
def leave_message(*, request_id: int, entry: InboundEntry, actor: Actor, at: datetime) -> None:
    """Add what the customer said; a closed request opens again, and whoever typed it does not learn that it was."""
    if is_finished(lock_request(request_id).status):
        reopen_request(request_id=request_id, entry=entry, actor=actor, at=at)
    else:
        add_contact(request_id=request_id, entry=entry, actor=actor, at=at)
