"""The answer-by date and the owner a contact would get, asked while it is being typed."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from requests_app.domain.responses import no_reply_reason
from requests_app.domain.trace import from_json, render_trace
from requests_app.domain.vocabulary import Channel, Confidentiality, Milestone, NoReply, StandardSource
from requests_app.models import Employee, ServiceStandard
from requests_app.selectors.away_words import away_until, detour_words
from requests_app.selectors.cover import Detour
from requests_app.selectors.due_dates import DueDate, due_by_standard
from requests_app.selectors.routing import Route, Wanted, level_of, restricted_route, route_contact
from requests_app.selectors.standards import NoStandard, standard_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is known so far of a contact, as far as it bears on its date and owner."""

    channel: Channel | None
    received_at: datetime
    wanted: Wanted = field(default_factory=Wanted)
    is_from_colleague: bool = False
    is_answered: bool = False
    is_reply_wanted: bool = True
    has_contact: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """What saving would bring: owner, date, and how the date came about."""

    route: Route
    is_answered: bool
    no_reply: NoReply | None
    standard: ServiceStandard | None
    due: DueDate | None
    trace: list[str]
    detour_line: str = ""
    away_until: str = ""
    for_employee_id: int | None = None

    @property
    def due_at(self) -> datetime | None:
        """Give what the standard gives, kept or not."""
        return self.due.due_at if self.due else None

    @property
    def asked_for_detour(self) -> Detour | None:
        """Give the way around the person asked for, if they are away: whoever asks may leave it with them."""
        detour = self.route.detour
        return detour if detour and detour.away.pk == self.for_employee_id else None

    @property
    def kept(self) -> bool:
        """Say whether a clock would keep the date."""
        return not self.is_answered and self.no_reply is None

    @property
    def is_local_choice(self) -> bool:
        """Say whether the number is the city's own, not the policy's."""
        return self.standard is not None and self.standard.source == StandardSource.LOCAL_CHOICE


def promise_for(question: Question, *, taker: Employee | None, language: str, at: datetime) -> Promise:
    """Work out what saving would bring; without a channel or a standard there is no date."""
    standard = _standard(question)
    due = due_by_standard(standard, started_at=question.received_at) if standard else None
    answered_by = taker if question.is_answered else None
    route = route_contact(question.wanted, answered_by=answered_by, taker=taker, at=at)
    level = level_of(Confidentiality.ORDINARY, route.category)
    route = restricted_route(route, level)
    is_handed_over = level is Confidentiality.POLICE_STUB
    return Promise(
        route=route,
        is_answered=question.is_answered and not is_handed_over,
        no_reply=NoReply.HANDED_OVER if is_handed_over else _no_reply(question),
        standard=standard,
        due=due,
        trace=render_trace(from_json(due.trace), language) if due else [],
        detour_line=detour_words(route.detour, at=at) if route.detour else "",
        away_until=away_until(route.detour.back_on, at=at) if route.detour else "",
        for_employee_id=question.wanted.for_employee_id,
    )


def _no_reply(question: Question) -> NoReply | None:
    return no_reply_reason(
        is_reply_wanted=question.is_reply_wanted,
        has_contact=question.has_contact,
        is_from_colleague=question.is_from_colleague,
    )


def _standard(question: Question) -> ServiceStandard | None:
    if question.channel is None:
        return None
    try:
        return standard_for(
            Milestone.RESPONSE,
            channel=question.channel,
            is_from_colleague=question.is_from_colleague,
            received_on=timezone.localdate(question.received_at),
        )
    except NoStandard:
        return None
