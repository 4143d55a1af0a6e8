"""What entry points hand to services: cleaned values, one dataclass for each form."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from requests_app.domain.vocabulary import (
    AnswerKind,
    AttemptOutcome,
    Channel,
    Confidentiality,
    Disposition,
    Milestone,
    RequestKind,
)
from requests_app.services.customers import CustomerEntry


class ContactOutcome(StrEnum):
    """What became of a contact while it was being logged."""

    MESSAGE_TAKEN = "message_taken"
    ANSWERED = "answered"
    PUT_THROUGH_ANSWERED = "put_through_answered"
    PUT_THROUGH_VOICEMAIL = "put_through_voicemail"

    @property
    def is_answered(self) -> bool:
        """Say whether the customer left with the answer."""
        return self in (ContactOutcome.ANSWERED, ContactOutcome.PUT_THROUGH_ANSWERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerEntry:
    """Who was told of a danger, and when."""

    told: str
    told_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactEntry:
    """A contact as logged; only channel, title and received_at have no default."""

    channel: Channel
    title: str
    received_at: datetime
    text: str = ""
    category_id: int | None = None
    kind: RequestKind | None = None
    customer: CustomerEntry = field(default_factory=CustomerEntry)
    is_from_colleague: bool = False
    colleague_id: int | None = None
    for_employee_id: int | None = None
    department_id: int | None = None  # where it goes without a category and without a person it is for
    outcome: ContactOutcome = ContactOutcome.MESSAGE_TAKEN
    disposition: Disposition = Disposition.ANSWERED
    outcome_note: str = ""
    incident_id: int | None = None  # what is known already, and this reports
    referral_card_id: int | None = None  # the agency they were sent to; left out, the note is what its card says
    is_reply_wanted: bool = True
    place: str = ""
    language: str = "en"
    needs_interpreter: bool = False
    best_time_to_reach: str = ""
    danger: DangerEntry | None = None
    confidentiality: Confidentiality = Confidentiality.ORDINARY
    about_request_id: int | None = None  # the request a complaint is about
    leave_with_id: int | None = None  # somebody asked for who is away, and is to have it all the same
    submission_key: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerEntry:
    """An answer or an attempt at one. `promised_on` goes with a holding answer.

    `tells_extension` is a holding answer that promises nothing: the clock it is about is moved beside it.
    """

    channel: Channel
    text: str
    occurred_at: datetime
    outcome: AttemptOutcome | None = None
    answer: AnswerKind = AnswerKind.FULL
    promised_on: date | None = None
    is_determination: bool = False
    concludes_complaint: bool = False
    concludes_follow_up: bool = False
    tells_extension: bool = False
    shared_answer_ids: frozenset[int] = frozenset()
    submission_key: UUID | None = None

    @property
    def promises(self) -> bool:
        """Say whether it names a day for the full answer."""
        return self.answer is AnswerKind.HOLDING and not self.tells_extension

    @property
    def concludes(self) -> Milestone | None:
        """Give the milestone only this answer ends, beside those any answer does."""
        if self.concludes_complaint:
            return Milestone.COMPLAINT_ANSWER
        if self.concludes_follow_up:
            return Milestone.FOLLOW_UP
        return Milestone.RECORDS_DETERMINATION if self.is_determination else None


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundEntry:
    """A further contact on a request that exists."""

    channel: Channel
    text: str
    occurred_at: datetime
    submission_key: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseEntry:
    """How a request ended. The note may be read by the customer; it is the answer where one is still owed."""

    disposition: Disposition
    note: str
    channel: Channel = Channel.PHONE
    occurred_at: datetime | None = None
    duplicate_of: str = ""
    referral_card_id: int | None = None
