"""The tally as the front desk sees it: its buttons, the day so far, what may be taken back (III.b.iii.1)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from requests_app.domain.counter_taps import UNDO_WITHIN, Greeted, most_used
from requests_app.domain.periods import Month, Period
from requests_app.domain.vocabulary import Channel, Confidentiality
from requests_app.models import Category, CounterTap, ServiceRequest
from requests_app.selectors.access import Actor

_LEARNED_FROM = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class TallyButtons:
    """The categories with a button of their own, and all others, by name."""

    own: list[Category]
    others: list[Category]


def counted_taps() -> QuerySet[CounterTap]:
    """Give the taps that count: those nobody took back."""
    return CounterTap.objects.filter(undone_at__isnull=True)


def tapped_in(period: Period) -> QuerySet[CounterTap]:
    """Give the taps that count on the local days of a period."""
    starts_at, ends_at = period.bounds(timezone.get_default_timezone())
    return counted_taps().filter(tapped_at__gte=starts_at, tapped_at__lt=ends_at)


def tally_buttons(*, today: date) -> TallyButtons:
    """Choose the most used categories (three queries).

    They are learned from the ninety days before this month, so that a key means the same for a month: from the tally,
    then from what was logged at the counter.
    """
    last_on = Month.of(today).first_on - timedelta(days=1)
    learned = Period(last_on - _LEARNED_FROM, last_on)
    starts_at, ends_at = learned.bounds(timezone.get_default_timezone())
    categories = {category.pk: category for category in _countable()}
    logged = ServiceRequest.objects.filter(
        channel=Channel.COUNTER, received_at__gte=starts_at, received_at__lt=ends_at
    ).filter(category__in=categories)
    ids = most_used(
        _ranked(tapped_in(learned).filter(category__in=categories)),
        _ranked(logged),
        categories,
    )
    return TallyButtons(
        [categories[pk] for pk in ids], [category for pk, category in categories.items() if pk not in set(ids)]
    )


def countable_category(category_id: int) -> Category | None:
    """Give a category that may be tapped."""
    return _countable().filter(pk=category_id).first()


def tally_of_day(today: date) -> Greeted:
    """Count everybody greeted on a local day, at all counters."""
    found = tapped_in(Period(today, today)).aggregate(
        greeted=Count("pk"), answered=Count("pk", filter=Q(is_answered=True))
    )
    return Greeted(**found)


def fresh_taps(actor: Actor, *, now: datetime) -> list[CounterTap]:
    """List the taps this person may still take back, the newest first."""
    rows = counted_taps().filter(tapped_by=actor.employee, tapped_at__gte=now - UNDO_WITHIN, tapped_at__lte=now)
    return list(rows.select_related("category"))


def _countable() -> QuerySet[Category]:
    return Category.objects.filter(is_active=True, confidentiality=Confidentiality.ORDINARY)


def _ranked(rows: QuerySet[CounterTap] | QuerySet[ServiceRequest]) -> list[int]:
    counted = rows.order_by().values_list("category_id").annotate(number=Count("pk"))
    return [pk for pk, _number in sorted(counted, key=lambda row: (-row[1], row[0]))]
