"""A request as one row of a list: everything a template or a CSV file needs, and no query left to ask."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, JSONField, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import JSONObject
from django.utils.translation import gettext, gettext_lazy

from requests_app.domain.vocabulary import AnswerKind, AttemptOutcome, Direction, Verdict
from requests_app.domain.workflow import is_finished
from requests_app.models import Excusal, Interaction, ResponseClock, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.away_words import AwayWords
from requests_app.selectors.due_words import DueView, DueWording
from requests_app.selectors.masking import mask
from requests_app.selectors.open_age import OpenAge
from requests_app.selectors.visibility import interactions_read_by, masked_for
from requests_app.selectors.whereabouts import Whereabouts

_OUTCOMES = {
    AttemptOutcome.REACHED: gettext_lazy("Reached"),
    AttemptOutcome.LEFT_MESSAGE: gettext_lazy("Left a message"),
    AttemptOutcome.NO_ANSWER: gettext_lazy("Called, no answer"),
    AttemptOutcome.WRONG_NUMBER: gettext_lazy("Called, wrong number"),
}
_ANSWERS = {
    AnswerKind.FULL: gettext_lazy("Answered"),
    AnswerKind.HOLDING: gettext_lazy("Holding answer"),
}


@dataclass(frozen=True, slots=True)
class LastTouch:
    """What was last said or tried, and when; `is_nothing` while the first contact stands alone."""

    words: str
    at: datetime
    is_nothing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """A request as a list shows it."""

    pk: int
    number: str
    url: str
    title: str
    section: int
    due: DueView
    is_danger: bool
    is_excused: bool
    status: str
    kind: str
    channel: str
    channel_label: str
    customer: str
    category: str
    department: str
    owner_id: int | None
    owner: str
    owner_department: str
    owner_away: str = ""
    received_at: datetime
    closed_at: datetime | None
    ended: str
    last_touch: LastTouch
    age_hours: int | None


def with_row_facts(rows: QuerySet[ServiceRequest], actor: Actor) -> QuerySet[ServiceRequest]:
    """Join and annotate what a row shows, so that a page of rows is one query."""
    excused = Excusal.objects.filter(clock__service_request=OuterRef("pk"), revoked_at__isnull=True)
    return (
        rows.select_related("owner__department", "customer", "category", "department", "colleague")
        .defer("search_text", "outcome_note")
        .annotate(
            last_touch_facts=Subquery(_last_touch_facts(actor), output_field=JSONField()),
            last_clock_facts=Subquery(_last_clock_facts(), output_field=JSONField()),
            is_excused=Exists(excused.filter(clock__verdict=Verdict.OPEN)),
            is_masked=masked_for(actor),
        )
    )


def present_rows(rows: Sequence[ServiceRequest], *, wording: DueWording) -> list[ListRow]:
    """Turn requests read by `with_row_facts` into rows, without a query but the calendar's."""
    age = OpenAge(wording)
    for row in rows:
        if getattr(row, "is_masked", False):
            mask(row)
    return [_row(row, due=_due(row, wording), age=age) for row in rows]


def with_absences(rows: Sequence[ListRow], whereabouts: Whereabouts) -> list[ListRow]:
    """Say of each owner who is away until when; the same few queries for any number of rows (III.b.ii.5)."""
    words = AwayWords(whereabouts)
    return [replace(row, owner_away=words.until(row.owner_id)) if row.owner_id else row for row in rows]


def _last_touch_facts(actor: Actor) -> QuerySet[Interaction, Any]:
    touches = Interaction.objects.filter(interactions_read_by(actor), service_request=OuterRef("pk"))
    facts = JSONObject(
        direction=F("direction"),
        outcome=F("outcome"),
        answer=F("answer"),
        again=F("is_calling_again"),
        at=F("occurred_at"),
    )
    last: QuerySet[Interaction, Any] = touches.order_by("-occurred_at", "-pk").values(facts=facts)[:1]
    return last


def _last_clock_facts() -> QuerySet[ResponseClock, Any]:
    """Give the clock that tells most once nothing is owed: one without a date, the last answer, what was let go."""
    standing = Excusal.objects.filter(clock=OuterRef("pk"), revoked_at__isnull=True)
    facts = JSONObject(
        verdict=F("verdict"),
        due_at=F("due_at"),
        met_at=F("met_at"),
        stopped_by_id=F("stopped_by_id"),
        is_answered_on_the_spot=F("is_answered_on_the_spot"),
        is_excused=Exists(standing),
    )
    telling = Case(
        When(verdict=Verdict.OPEN.value, then=0),
        When(met_at__isnull=False, then=1),
        default=2,
        output_field=IntegerField(),
    )
    clocks = ResponseClock.objects.filter(service_request=OuterRef("pk"))
    last: QuerySet[ResponseClock, Any] = clocks.order_by(telling, "-pk").values(facts=facts)[:1]
    return last


def _due(row: ServiceRequest, wording: DueWording) -> DueView:
    facts = _facts(getattr(row, "last_clock_facts", None))
    if row.answer_by_at is not None or not facts:
        return wording.of_request(row)
    is_excused = bool(facts.pop("is_excused"))
    clock = ResponseClock(**{**facts, "due_at": _instant(facts["due_at"]), "met_at": _instant(facts["met_at"])})
    return wording.of_clock(clock, is_excused=is_excused)


def _facts(value: Any) -> dict[str, Any]:
    facts = json.loads(value) if isinstance(value, str) else value
    return dict(facts or {})


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)  # SQLite keeps UTC without saying so


def _row(row: ServiceRequest, *, due: DueView, age: OpenAge) -> ListRow:
    finished = is_finished(row.status)
    return ListRow(
        pk=row.pk,
        number=row.number,
        url=row.get_absolute_url(),
        title=row.title,
        section=getattr(row, "section", 0),
        due=due,
        is_danger=row.is_hazard and not finished,
        is_excused=bool(getattr(row, "is_excused", False)),
        status=row.get_status_display(),
        kind=row.get_kind_display(),
        channel=row.channel,
        channel_label=row.get_channel_display(),
        customer=_asked_by(row),
        category=str(row.category) if row.category else "",
        department=row.department.name if row.department else "",
        owner_id=row.owner_id,
        owner=row.owner.name if row.owner else gettext("nobody yet"),
        owner_department=row.owner.department.name if row.owner else "",
        received_at=row.received_at,
        closed_at=row.closed_at,
        ended=row.get_disposition_display() if row.disposition else "",
        last_touch=_last_touch(row),
        age_hours=None if finished else age.hours_since(row.received_at),
    )


def _asked_by(row: ServiceRequest) -> str:
    if row.colleague:
        return gettext("%(name)s, a colleague") % {"name": row.colleague.name}
    return row.customer_line or gettext("Name not given")


def _last_touch(row: ServiceRequest) -> LastTouch:
    facts = _facts(getattr(row, "last_touch_facts", None))
    at = _instant(facts.get("at"))
    if at is None:
        return LastTouch(gettext("Nothing yet"), row.received_at, is_nothing=True)
    if facts["direction"] == Direction.NOTE:
        return LastTouch(gettext("Internal note"), at)
    if facts["direction"] == Direction.OUTBOUND:
        words = _ANSWERS.get(facts["answer"]) or _OUTCOMES.get(facts["outcome"]) or gettext("To the customer")
        return LastTouch(str(words), at)
    if facts["again"]:
        return LastTouch(gettext("Calling again"), at)
    nothing = at <= row.received_at
    return LastTouch(gettext("Nothing yet") if nothing else gettext("From the customer"), at, is_nothing=nothing)
