"""What of the logged contacts the clauses count: each part once, so that one query counts them all."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import RequestKind
from requests_app.models import Event
from requests_app.selectors.reports.first_contact import CONTACT_PARTS


def contact_parts(*, now: datetime) -> Mapping[str, Q]:
    """Give the parts of `logged_contacts` by the code of their figure."""
    nobody_yet = Q(owner__isnull=True, closed_at__isnull=True, unowned_until_at__lt=now)
    return {
        "compliments": Q(kind=RequestKind.COMPLIMENT),  # III.a.i, III.b.i.1
        "recorded-soon": ~CONTACT_PARTS["logged_late"],  # III.a.iii
        "owned": ~Q(_had(EventKind.UNOWNED)) & ~nobody_yet,  # III.a.iv
        "on-the-spot": Q(is_resolved=True),  # III.b.iii.2, and the two below
        "passed-on": Q(_had(EventKind.GIVEN)),
        "not-ours": Q(send_back_count__gt=0),
    }


def _had(kind: EventKind) -> Exists:
    return Exists(Event.objects.filter(service_request=OuterRef("pk"), kind=kind))
