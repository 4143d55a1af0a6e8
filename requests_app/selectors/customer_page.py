"""The page of one customer: how to reach them, what they asked, and what was changed of them (I purpose)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, Q, QuerySet
from django.utils.translation import gettext

from requests_app.domain.vocabulary import Status
from requests_app.models import ContactPoint, Customer, CustomerChange, ServiceRequest
from requests_app.models.labels import LANGUAGES
from requests_app.selectors.access import Actor
from requests_app.selectors.due_words import DueWording
from requests_app.selectors.list_rows import ListRow, present_rows, with_row_facts
from requests_app.selectors.visibility import requests_read_by

SHOWN = 50
_FINISHED = Q(status=Status.CLOSED)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One fact before and after, in words."""

    what: str
    before: str
    after: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerPage:
    """What the page shows: of requests only those its reader reads, counted and not."""

    customer: Customer
    points: list[ContactPoint]
    open_rows: list[ListRow]
    past_rows: list[ListRow]
    past_count: int
    heard_at: datetime | None
    wants_interpreter: bool
    changes: list[ChangeLine]


def customer_page(customer: Customer, *, actor: Actor, now: datetime) -> CustomerPage:
    """Gather the page of a customer the actor may see, in a constant number of queries."""
    seen = requests_read_by(actor).filter(customer=customer)
    facts = seen.aggregate(
        heard_at=Max("last_touch_at"),
        past=Count("pk", filter=_FINISHED),
        interpreters=Count("pk", filter=Q(needs_interpreter=True)),
    )
    pressing_first = seen.exclude(_FINISHED).order_by(F("answer_by_at").asc(nulls_last=True), "pk")
    wording = DueWording(now=now)
    return CustomerPage(
        customer=customer,
        points=list(customer.contact_points.all()),
        open_rows=_rows(pressing_first, actor=actor, wording=wording),
        past_rows=_rows(seen.filter(_FINISHED).order_by("-received_at", "-pk"), actor=actor, wording=wording),
        past_count=facts["past"],
        heard_at=facts["heard_at"],
        wants_interpreter=facts["interpreters"] > 0,
        changes=change_lines(customer),
    )


def change_lines(customer: Customer) -> list[ChangeLine]:
    """Give what was changed of a customer, the latest first."""
    changes = CustomerChange.objects.filter(customer=customer).select_related("changed_by").order_by("-pk")
    return [_line(change) for change in changes[:SHOWN]]


def fact_words(fact: str, value: str) -> str:
    """Say a fact as it is called on screen."""
    if not value:
        return gettext("nothing")
    if fact == CustomerChange.Fact.KIND:
        return str(Customer.Kind(value).label)
    if fact == CustomerChange.Fact.LANGUAGE:
        return gettext("English") if value == "en" else str(LANGUAGES.get(value, value))
    return value


def _line(change: CustomerChange) -> ChangeLine:
    return ChangeLine(
        what=change.get_fact_display(),
        before=fact_words(change.fact, change.before),
        after=fact_words(change.fact, change.after),
        at=change.changed_at,
        by=str(change.changed_by) if change.changed_by else gettext("The system"),
    )


def _rows(requests: QuerySet[ServiceRequest], *, actor: Actor, wording: DueWording) -> list[ListRow]:
    rows: Sequence[ServiceRequest] = list(with_row_facts(requests, actor)[:SHOWN])
    return present_rows(rows, wording=wording)
