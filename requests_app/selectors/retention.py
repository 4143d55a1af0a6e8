"""How long each class of records is kept now, and which requests are past it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from requests_app.domain.disposal import RUNNING
from requests_app.domain.records import KEEPERS
from requests_app.domain.retention import (
    DEFAULT_RETENTIONS,
    Retention,
    RetentionCode,
    destroyable_on,
    last_closed_on,
    retention_code,
)
from requests_app.domain.vocabulary import Confidentiality, RequestKind, Role
from requests_app.models import DisposalItem, LegalHold, RetentionPeriod, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.visibility import requests_visible_to


def current_retentions() -> dict[RetentionCode, Retention]:
    """Give the classes in force: the defaults of the law under what the city chose."""
    chosen = {row.code: row for row in RetentionPeriod.objects.all()}
    return {
        code: replace(default, years=chosen[code].years, citation=chosen[code].citation) if code in chosen else default
        for code, default in DEFAULT_RETENTIONS.items()
    }


def retention_of(service_request: ServiceRequest, retentions: Mapping[RetentionCode, Retention]) -> Retention:
    """Give the class a request is kept under."""
    code = retention_code(kind=service_request.kind, confidentiality=service_request.confidentiality)
    return retentions[code]


def kept_because(service_request: ServiceRequest, *, years: int, now: datetime) -> str:
    """Say why a request must not be destroyed now; nothing where it may."""
    if service_request.closed_at is None:
        return DisposalItem.Kept.OPEN
    if destroyable_on(timezone.localdate(service_request.closed_at), years=years) > timezone.localdate(now):
        return DisposalItem.Kept.YOUNG
    if LegalHold.objects.filter(service_requests=service_request, released_at__isnull=True).exists():
        return DisposalItem.Kept.HELD
    return ""


def due_for_disposal(actor: Actor, *, is_confidential: bool, now: datetime) -> QuerySet[ServiceRequest]:
    """Give the closed requests past their class, held by nothing and on no running list, oldest first."""
    standing = LegalHold.objects.filter(service_requests=OuterRef("pk"), released_at__isnull=True)
    listed = DisposalItem.objects.filter(service_request=OuterRef("pk"), disposal__state__in=RUNNING)
    levels = [level for level, roles in KEEPERS.items() if (Role.HR in roles) is is_confidential]
    return (
        requests_visible_to(actor)
        .filter(_past_its_class(now), confidentiality__in=levels, destroyed_at__isnull=True)
        .exclude(Exists(standing))
        .exclude(Exists(listed))
        .order_by("closed_at", "pk")
    )


def _past_its_class(now: datetime) -> Q:
    """Say which closed requests are past their years; kinds and levels that share a class share a date."""
    today, retentions = timezone.localdate(now), current_retentions()
    past = Q(pk__in=[])
    for confidentiality in Confidentiality:
        for kind in RequestKind:
            years = retentions[retention_code(kind=kind, confidentiality=confidentiality)].years
            last_on = last_closed_on(today, years=years)
            before = timezone.make_aware(datetime.combine(last_on, time.max))
            past |= Q(confidentiality=confidentiality, kind=kind, closed_at__lte=before)
    return past
