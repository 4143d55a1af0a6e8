"""Answers that colleagues share: which there are, which fit a request, filled in, and who may change one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.utils import timezone

from requests_app.domain.periods import Period
from requests_app.domain.placeholders import fill
from requests_app.domain.shared_answers import is_stale
from requests_app.domain.text import normalise_text
from requests_app.domain.vocabulary import Role
from requests_app.domain.wording import format_instant, language_of
from requests_app.models import ServiceRequest, SharedAnswer, SharedAnswerRevision, SharedAnswerUse
from requests_app.selectors.access import Actor
from requests_app.selectors.directory import phone_of

_OFFERED = 9  # one for each digit


@dataclass(frozen=True, slots=True)
class SharedAnswerFilters:
    """What narrows the list."""

    words: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class OfferedAnswer:
    """An answer as it would stand in this reply."""

    answer: SharedAnswer
    text: str
    is_in_their_language: bool
    is_stale: bool


@dataclass(frozen=True, slots=True)
class SharingCounts:
    """What was shared in a period: versions saved, by how many people, and the replies they were used in."""

    contributions: int
    contributors: int
    uses: int


def shared_answers(filters: SharedAnswerFilters, *, today: date) -> QuerySet[SharedAnswer]:
    """Give the answers that fit, with how often each was used (`use_count`)."""
    rows = SharedAnswer.objects.select_related("owner", "category")
    rows = rows.filter(is_active=filters.part != "retired")
    if filters.part == "stale":
        rows = rows.filter(review_by__lte=today)
    wanted = normalise_text(filters.words).split()
    if wanted:
        fitting = [row.pk for row in rows if all(word in _searched(row) for word in wanted)]
        rows = rows.filter(pk__in=fitting)
    return rows.annotate(use_count=Count("uses")).order_by("title", "pk")


def offered_answers(service_request: ServiceRequest, actor: Actor, *, today: date) -> list[OfferedAnswer]:
    """Give the answers that fit a request best: its category first, its department's next, then the most used.

    Two queries, the second only where there is an answer to fill in.
    """
    rows = (
        SharedAnswer.objects.filter(is_active=True)
        .annotate(use_count=Count("uses"), fit=_fit(service_request))
        .order_by("-fit", "-use_count", "title", "pk")
    )[:_OFFERED]
    found = list(rows)
    if not found:
        return []
    language = language_of(service_request.language)
    values = _values(service_request, actor, language=language, today=today)
    return [_offered(row, language, values, today) for row in found]


def stale_answers(today: date) -> QuerySet[SharedAnswer]:
    """Give the answers in use that were to be read again by now."""
    return SharedAnswer.objects.filter(is_active=True, review_by__lte=today).select_related("owner__user")


def may_change_answer(actor: Actor, answer: SharedAnswer) -> bool:
    """Say whether somebody may change or retire an answer: its owner, who leads them, an administrator."""
    if actor.employee is None:
        return False
    leads = actor.departments_as(Role.SUPERVISOR, Role.DEPARTMENT_HEAD)
    return (
        answer.owner_id == actor.employee.pk or answer.owner.department_id in leads or actor.holds(Role.ADMINISTRATOR)
    )


def sharing_counts(period: Period) -> SharingCounts:
    """Count what was shared and used on the local days of a period (III.b.iv.4; two queries)."""
    starts_at, ends_at = period.bounds(timezone.get_default_timezone())
    saved = SharedAnswerRevision.objects.filter(saved_at__gte=starts_at, saved_at__lt=ends_at).aggregate(
        n=Count("pk"), people=Count("saved_by", distinct=True)
    )
    uses = SharedAnswerUse.objects.filter(used_at__gte=starts_at, used_at__lt=ends_at).count()
    return SharingCounts(saved["n"], saved["people"], uses)


def _fit(service_request: ServiceRequest) -> Case:
    whens = [When(owner__department_id=service_request.department_id, then=Value(1))]
    if service_request.category_id is not None:
        whens.insert(0, When(category_id=service_request.category_id, then=Value(2)))
    return Case(*whens, default=Value(0), output_field=IntegerField())


def _searched(row: SharedAnswer) -> str:
    return normalise_text(" ".join([row.title, *row.texts.values()]))


def _values(service_request: ServiceRequest, actor: Actor, *, language: str, today: date) -> Mapping[str, str]:
    """Give what is filled in; what nobody knows is not in it, and stays to be seen in the text."""
    customer = service_request.customer
    known = {
        "number": service_request.number,
        "customer": customer.name if customer else "",
        "department": service_request.department.name if service_request.department else "",
        "phone": phone_of(service_request.department),
        "name": actor.employee.name if actor.employee else "",
        "received": format_instant(
            service_request.received_at, time_zone=ZoneInfo(settings.TIME_ZONE), language=language, today=today
        ),
    }
    return {name: value for name, value in known.items() if value}


def _offered(row: SharedAnswer, language: str, values: Mapping[str, str], today: date) -> OfferedAnswer:
    text = row.texts.get(language) or row.texts["en"]
    return OfferedAnswer(row, fill(text, values), language in row.texts, is_stale(row.review_by, today))
