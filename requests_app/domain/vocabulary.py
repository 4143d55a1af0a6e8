"""The words of the field as closed sets: every stored code is one of these."""

from enum import StrEnum


class Channel(StrEnum):
    """How a contact reached the city, or an answer left it."""

    COUNTER = "counter"
    PHONE = "phone"
    VOICEMAIL = "voicemail"
    EMAIL = "email"
    WEB = "web"
    LETTER = "letter"
    TEXT = "text"
    SOCIAL = "social"
    COUNCIL = "council"
    OPEN311 = "open311"


class RequestKind(StrEnum):
    """What sort of matter a request is."""

    QUESTION = "question"
    SERVICE = "service"
    COMPLAINT = "complaint"
    COMPLIMENT = "compliment"
    SUGGESTION = "suggestion"
    RECORDS = "records"


class Status(StrEnum):
    """Where a request stands; what may happen there is in `workflow`."""

    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Disposition(StrEnum):
    """How a request ended."""

    ANSWERED = "answered"
    DONE = "done"
    REFERRED = "referred"
    NO_ACTION = "no_action"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"
    SPAM = "spam"
    WRONG_NUMBER = "wrong_number"


class Confidentiality(StrEnum):
    """Who may read a request at all."""

    ORDINARY = "ordinary"
    CONFIDENTIAL = "confidential"
    IMPROPER_ACTIVITY = "improper_activity"
    POLICE_STUB = "police_stub"


class Involvement(StrEnum):
    """How a request is about an employee: concerned people are shut out, mentioned ones are not."""

    CONCERNED = "concerned"
    MENTIONED = "mentioned"


class Direction(StrEnum):
    """Which way a touch went."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    NOTE = "note"


class AttemptOutcome(StrEnum):
    """What came of an attempt to reach the customer."""

    REACHED = "reached"
    LEFT_MESSAGE = "left_message"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"


class RecordsOutcome(StrEnum):
    """What the city determined on a records request."""

    RELEASED = "released"
    PARTLY = "partly"
    WITHHELD = "withheld"
    NO_RECORDS = "no_records"


class ComplaintSubject(StrEnum):
    """What a complaint is about (III.b.v.1)."""

    SERVICE = "service"
    TIMELINESS = "timeliness"
    STAFF_CONDUCT = "staff_conduct"
    ACCESS = "access"
    OUTCOME = "outcome"
    OTHER = "other"


class ComplaintOutcome(StrEnum):
    """What the city found."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    NOT_UPHELD = "not_upheld"
    WITHDRAWN = "withdrawn"


class RootCause(StrEnum):
    """What a complaint taught the city; III.a.ii names wrong information."""

    WRONG_INFORMATION = "wrong_information"
    DELAY = "delay"
    MANNER = "manner"
    PROCEDURE = "procedure"
    HANDOVER = "handover"
    MEANS = "means"
    NOT_OURS = "not_ours"
    NONE_FOUND = "none_found"


class FollowUpOutcome(StrEnum):
    """What the complainant said after the answer; a complaint closes with one of these only (III.b.v.3)."""

    CONFIRMED = "confirmed"
    NOT_RESOLVED = "not_resolved"
    NOT_REACHED = "not_reached"
    DECLINED = "declined"


class FairnessKind(StrEnum):
    """What is owed to a person a complaint is about."""

    TOLD = "told"
    REPRESENTATIVE_OFFERED = "representative_offered"
    STATEMENT = "statement"
    COPY_GIVEN = "copy_given"


class CommendationState(StrEnum):
    """What became of the thanks in a compliment."""

    DRAFT = "draft"
    GIVEN = "given"
    LAID_ASIDE = "laid_aside"


class AnswerKind(StrEnum):
    """A full answer ends the matter asked; a holding answer names who deals with it and by when."""

    FULL = "full"
    HOLDING = "holding"


class Milestone(StrEnum):
    """What a clock is about."""

    RESPONSE = "response"
    PROMISED_ANSWER = "promised_answer"
    RECORDS_DETERMINATION = "records_determination"
    COMPLAINT_ACKNOWLEDGED = "complaint_acknowledged"
    COMPLAINT_ANSWER = "complaint_answer"
    ESCALATION_ACCEPTED = "escalation_accepted"
    FOLLOW_UP = "follow_up"


class Verdict(StrEnum):
    """How a clock ended; overdue is not among them, it is computed."""

    OPEN = "open"
    MET = "met"
    LATE = "late"
    MERGED = "merged"
    CANCELLED = "cancelled"


class Unit(StrEnum):
    """What a standard's number counts."""

    BUSINESS_DAYS = "business_days"
    CALENDAR_DAYS = "calendar_days"


class StandardSource(StrEnum):
    """Where a standard's number comes from."""

    POLICY = "policy"
    LAW = "law"
    LOCAL_CHOICE = "local_choice"


class Role(StrEnum):
    """What a person is in a department; OWNER and CONSULTED come from the request itself and are never assigned."""

    FRONT_DESK = "front_desk"
    STAFF = "staff"
    SUPERVISOR = "supervisor"
    DEPARTMENT_HEAD = "department_head"
    HR = "hr"
    RECORDS_CLERK = "records_clerk"
    CITY_MANAGER = "city_manager"
    ATTORNEY = "attorney"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    OWNER = "owner"
    CONSULTED = "consulted"


class RevisionReason(StrEnum):
    """Why a clock's recorded facts changed."""

    STARTED = "started"
    ANSWERED = "answered"
    CANCELLED = "cancelled"
    MERGED = "merged"
    TAKEN_OVER = "taken_over"
    TRANSFERRED = "transferred"
    CALENDAR_CHANGED = "calendar_changed"
    DATED = "dated"
    CORRECTED = "corrected"
    EXTENDED = "extended"


class NoReply(StrEnum):
    """Why nobody waits for an answer: no response clock is started, and it is counted beside the rate."""

    NO_CONTACT_POINT = "no_contact_point"
    NOT_WANTED = "not_wanted"
    IMPORTED = "imported"
    HANDED_OVER = "handed_over"
