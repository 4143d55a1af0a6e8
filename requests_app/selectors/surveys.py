"""Whom to ask how it went: closed requests that may be asked about, and where to ask (III.c.ii)."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.crypto import salted_hmac

from requests_app.domain.surveys import ClosedMatter, closed_between
from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import Complaint, ContactPoint, Customer, Employee, ServiceRequest, SurveyInvitation


def requests_to_ask_about(now: datetime) -> QuerySet[ServiceRequest]:
    """Give the requests closed lately whose customer has an e-mail and was not asked about them, oldest first."""
    since, until = closed_between(now)
    reachable = ContactPoint.objects.filter(customer=OuterRef("customer"), kind=ContactPoint.Kind.EMAIL)
    asked = SurveyInvitation.objects.filter(service_request=OuterRef("pk"))
    return (
        ServiceRequest.objects.filter(
            Exists(reachable),
            ~Exists(asked),
            closed_at__gt=since,
            closed_at__lte=until,
            destroyed_at__isnull=True,
            confidentiality=Confidentiality.ORDINARY,
            department__isnull=False,
        )
        .order_by("closed_at", "pk")
        .select_related("customer")
    )


def matter_of(service_request: ServiceRequest) -> ClosedMatter:
    """Say of a request what decides whether somebody may be asked about it (one query)."""
    running = Complaint.objects.filter(
        Q(about_request=service_request) | Q(service_request=service_request), service_request__closed_at__isnull=True
    )
    return ClosedMatter(
        closed_at=service_request.closed_at,
        disposition=service_request.disposition,
        confidentiality=service_request.confidentiality,
        no_reply=service_request.no_reply,
        is_imported=service_request.is_imported,
        is_from_colleague=service_request.is_from_colleague,
        is_redacted=bool(service_request.customer_mark) or service_request.destroyed_at is not None,
        complaint_runs=running.exists(),
    )


def address_of(customer: Customer | None) -> str:
    """Give where somebody is asked: their first e-mail that belongs to nobody on the roster, or nothing.

    Whoever logged a call for somebody now and then typed their own address; no colleague is ever asked.
    """
    if customer is None:
        return ""
    points = ContactPoint.objects.filter(customer=customer, kind=ContactPoint.Kind.EMAIL).order_by("pk")
    return next((point.value for point in points if not _is_a_colleagues(point.value)), "")


def keys_of(customer: Customer | None, address: str) -> list[str]:
    """Give the keyed hashes by which somebody is known to have been asked: as a customer, and by address."""
    named = ([f"customer {customer.pk}"] if customer else []) + ([f"address {address.casefold()}"] if address else [])
    return sorted(salted_hmac("survey addressee", name, algorithm="sha256").hexdigest() for name in named)


def _is_a_colleagues(address: str) -> bool:
    on_roster = Employee.objects.filter(email__iexact=address).exists()
    return on_roster or User.objects.filter(email__iexact=address).exists()
