"""The answer-by date and the owner a contact would get, asked while it is being typed."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from requests_app.domain.responses import no_reply_reason
from requests_app.domain.trace import from_json, render_trace
from requests_app.domain.vocabulary import Channel, Confidentiality, Milestone, NoReply, StandardSource
from requests_app.models import Employee, ServiceStandard
from requests_app.selectors.due_dates import DueDate, due_by_standard
from requests_app.selectors.routing import Route, level_of, restricted_route, route_contact
from requests_app.selectors.standards import NoStandard, standard_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is known so far of a contact, as far as it bears on its date and owner."""

    channel: Channel | None
    received_at: datetime
    category_id: int | None = None
    for_employee_id: int | None = None
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

    @property
    def due_at(self) -> datetime | None:
        """Give what the standard gives, kept or not."""
        return self.due.due_at if self.due else None

    @property
    def kept(self) -> bool:
        """Say whether a clock would keep the date."""
        return not self.is_answered and self.no_reply is None

    @property
    def is_local_choice(self) -> bool:
        """Say whether the number is the city's own, not the policy's."""
        return self.standard is not None and self.standard.source == StandardSource.LOCAL_CHOICE


def promise_for(question: Question, *, taker: Employee | None, language: str) -> Promise:
    """Work out what saving would bring; without a channel or a standard there is no date."""
    standard = _standard(question)
    due = due_by_standard(standard, started_at=question.received_at) if standard else None
    route = route_contact(
        category_id=question.category_id,
        for_employee_id=question.for_employee_id,
        answered_by=taker if question.is_answered else None,
        taker=taker,
    )
    level = level_of(Confidentiality.ORDINARY, route.category)
    is_handed_over = level is Confidentiality.POLICE_STUB
    return Promise(
        route=restricted_route(route, level),
        is_answered=question.is_answered and not is_handed_over,
        no_reply=NoReply.HANDED_OVER if is_handed_over else _no_reply(question),
        standard=standard,
        due=due,
        trace=render_trace(from_json(due.trace), language) if due else [],
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
