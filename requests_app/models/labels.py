"""What each stored code is called on screen; the words are those of the glossary."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain import vocabulary as words
from requests_app.domain.disposal import DisposalState
from requests_app.domain.retention import RetentionCode

Labels = Mapping[StrEnum, str | Promise]
Choices = list[tuple[str, str | Promise]]

CHANNELS: Labels = {
    words.Channel.COUNTER: _("At the counter"),
    words.Channel.PHONE: _("Phone"),
    words.Channel.VOICEMAIL: _("Voicemail"),
    words.Channel.EMAIL: _("E-mail"),
    words.Channel.WEB: _("Web form"),
    words.Channel.LETTER: _("Letter"),
    words.Channel.TEXT: _("Text message"),
    words.Channel.SOCIAL: _("Social media"),
    words.Channel.COUNCIL: _("Via a council member"),
    words.Channel.OPEN311: _("Open311"),
}

KINDS: Labels = {
    words.RequestKind.QUESTION: _("Question"),
    words.RequestKind.SERVICE: _("Service"),
    words.RequestKind.COMPLAINT: _("Complaint or concern"),
    words.RequestKind.COMPLIMENT: _("Compliment"),
    words.RequestKind.SUGGESTION: _("Suggestion"),
    words.RequestKind.RECORDS: _("Records request"),
}

STATUSES: Labels = {
    words.Status.NEW: _("New"),
    words.Status.OPEN: _("Open"),
    words.Status.WAITING: _("Waiting for the resident"),
    words.Status.RESOLVED: _("Resolved, follow-up due"),
    words.Status.CLOSED: _("Closed"),
}

DISPOSITIONS: Labels = {
    words.Disposition.ANSWERED: _("Answered"),
    words.Disposition.DONE: _("Done"),
    words.Disposition.REFERRED: _("Referred to another agency"),
    words.Disposition.NO_ACTION: _("No action, with reason"),
    words.Disposition.DUPLICATE: _("Duplicate"),
    words.Disposition.WITHDRAWN: _("Withdrawn"),
    words.Disposition.SPAM: _("Spam"),
    words.Disposition.WRONG_NUMBER: _("Wrong number"),
}

CONFIDENTIALITIES: Labels = {
    words.Confidentiality.ORDINARY: _("Ordinary"),
    words.Confidentiality.CONFIDENTIAL: _("Confidential"),
    words.Confidentiality.IMPROPER_ACTIVITY: _("Improper activity"),
    words.Confidentiality.POLICE_STUB: _("Police hand-over"),
}

INVOLVEMENTS: Labels = {
    words.Involvement.CONCERNED: _("Concerned"),
    words.Involvement.MENTIONED: _("Mentioned"),
}

DIRECTIONS: Labels = {
    words.Direction.INBOUND: _("From the customer"),
    words.Direction.OUTBOUND: _("To the customer"),
    words.Direction.NOTE: _("Internal note"),
}

ATTEMPT_OUTCOMES: Labels = {
    words.AttemptOutcome.REACHED: _("Reached"),
    words.AttemptOutcome.LEFT_MESSAGE: _("Left a message"),
    words.AttemptOutcome.NO_ANSWER: _("No answer"),
    words.AttemptOutcome.WRONG_NUMBER: _("Wrong number"),
}

RECORDS_OUTCOMES: Labels = {
    words.RecordsOutcome.RELEASED: _("Released in full"),
    words.RecordsOutcome.PARTLY: _("Released in part"),
    words.RecordsOutcome.WITHHELD: _("Withheld"),
    words.RecordsOutcome.NO_RECORDS: _("No such records"),
}

RETENTIONS: Labels = {
    RetentionCode.GENERAL: _("Questions, services, compliments, suggestions"),
    RetentionCode.RECORDS: _("Records requests"),
    RetentionCode.COMPLAINT: _("Complaints and confidential matters"),
    RetentionCode.IMPROPER_ACTIVITY: _("Reports of improper activity"),
    RetentionCode.POLICE: _("Complaints about police employees"),
    RetentionCode.CORRECTIVE_ACTION: _("Corrective action"),
    RetentionCode.SURVEY: _("Surveys of residents and staff"),
    RetentionCode.PACKET: _("Sealed packets of the compliance report"),
    RetentionCode.STAFF_SUGGESTION: _("Suggestions of staff"),
    RetentionCode.TRAINING: _("Training records and their evidence"),
}

DISPOSAL_STATES: Labels = {
    DisposalState.PROPOSED: _("listed, waits for the department head"),
    DisposalState.APPROVED: _("approved, waits for the city attorney"),
    DisposalState.CONSENTED: _("consented to, waits for the council"),
    DisposalState.RESOLVED: _("resolved, being destroyed"),
    DisposalState.DESTROYED: _("destroyed"),
    DisposalState.WITHDRAWN: _("taken back"),
}

COMPLAINT_SUBJECTS: Labels = {
    words.ComplaintSubject.SERVICE: _("The service itself"),
    words.ComplaintSubject.TIMELINESS: _("How long it took"),
    words.ComplaintSubject.STAFF_CONDUCT: _("How somebody behaved"),
    words.ComplaintSubject.ACCESS: _("Access: language, disability, opening hours"),
    words.ComplaintSubject.OUTCOME: _("What was decided"),
    words.ComplaintSubject.OTHER: _("Something else"),
}

COMPLAINT_OUTCOMES: Labels = {
    words.ComplaintOutcome.UPHELD: _("Upheld"),
    words.ComplaintOutcome.PARTLY_UPHELD: _("Partly upheld"),
    words.ComplaintOutcome.NOT_UPHELD: _("Not upheld"),
    words.ComplaintOutcome.WITHDRAWN: _("Withdrawn"),
}

ROOT_CAUSES: Labels = {
    words.RootCause.WRONG_INFORMATION: _("Wrong information given"),
    words.RootCause.DELAY: _("Delay"),
    words.RootCause.MANNER: _("Manner or tone"),
    words.RootCause.PROCEDURE: _("The procedure itself"),
    words.RootCause.HANDOVER: _("Lost in a handover"),
    words.RootCause.MEANS: _("Too few people or means"),
    words.RootCause.NOT_OURS: _("Not a matter of the city"),
    words.RootCause.NONE_FOUND: _("No cause found"),
}

FOLLOW_UP_OUTCOMES: Labels = {
    words.FollowUpOutcome.CONFIRMED: _("Confirmed: it is resolved"),
    words.FollowUpOutcome.NOT_RESOLVED: _("Not resolved: opened again"),
    words.FollowUpOutcome.NOT_REACHED: _("Could not be reached"),
    words.FollowUpOutcome.DECLINED: _("Wants no follow-up"),
}

FAIRNESS_KINDS: Labels = {
    words.FairnessKind.TOLD: _("Told of it"),
    words.FairnessKind.REPRESENTATIVE_OFFERED: _("Representative offered"),
    words.FairnessKind.STATEMENT: _("Statement taken"),
    words.FairnessKind.COPY_GIVEN: _("Redacted copy given"),
}

COMMENDATION_STATES: Labels = {
    words.CommendationState.DRAFT: _("draft"),
    words.CommendationState.GIVEN: _("given"),
    words.CommendationState.LAID_ASIDE: _("laid aside"),
}

ANSWER_KINDS: Labels = {
    words.AnswerKind.FULL: _("Full answer"),
    words.AnswerKind.HOLDING: _("Holding answer"),
}

MILESTONES: Labels = {
    words.Milestone.RESPONSE: _("First response"),
    words.Milestone.PROMISED_ANSWER: _("Promised answer"),
    words.Milestone.RECORDS_DETERMINATION: _("Records determination"),
    words.Milestone.COMPLAINT_ACKNOWLEDGED: _("Complaint acknowledged"),
    words.Milestone.COMPLAINT_ANSWER: _("Complaint answered in writing"),
    words.Milestone.ESCALATION_ACCEPTED: _("Escalation accepted"),
    words.Milestone.FOLLOW_UP: _("Follow-up"),
}

VERDICTS: Labels = {
    words.Verdict.OPEN: _("Open"),
    words.Verdict.MET: _("Kept"),
    words.Verdict.LATE: _("Late"),
    words.Verdict.MERGED: _("Merged"),
    words.Verdict.CANCELLED: _("Cancelled"),
}

UNITS: Labels = {
    words.Unit.BUSINESS_DAYS: _("business days"),
    words.Unit.CALENDAR_DAYS: _("calendar days"),
}

STANDARD_SOURCES: Labels = {
    words.StandardSource.POLICY: _("policy"),
    words.StandardSource.LAW: _("state law"),
    words.StandardSource.LOCAL_CHOICE: _("local choice"),
}

ROLES: Labels = {
    words.Role.FRONT_DESK: _("Front desk"),
    words.Role.STAFF: _("Staff"),
    words.Role.SUPERVISOR: _("Supervisor"),
    words.Role.DEPARTMENT_HEAD: _("Department head"),
    words.Role.HR: _("Human Resources"),
    words.Role.RECORDS_CLERK: _("Records clerk"),
    words.Role.CITY_MANAGER: _("City manager"),
    words.Role.ATTORNEY: _("City attorney"),
    words.Role.AUDITOR: _("Auditor"),
    words.Role.ADMINISTRATOR: _("Administrator"),
}

REVISION_REASONS: Labels = {
    words.RevisionReason.STARTED: _("started"),
    words.RevisionReason.ANSWERED: _("answered"),
    words.RevisionReason.CANCELLED: _("cancelled"),
    words.RevisionReason.MERGED: _("merged"),
    words.RevisionReason.TAKEN_OVER: _("took over an earlier date"),
    words.RevisionReason.TRANSFERRED: _("given to another department"),
    words.RevisionReason.CALENDAR_CHANGED: _("calendar changed"),
    words.RevisionReason.DATED: _("date worked out later"),
    words.RevisionReason.CORRECTED: _("corrected"),
    words.RevisionReason.EXTENDED: _("extended"),
}

NO_REPLIES: Labels = {
    words.NoReply.NO_CONTACT_POINT: _("No way to reach them was given"),
    words.NoReply.NOT_WANTED: _("No reply wanted"),
    words.NoReply.IMPORTED: _("Imported"),
    words.NoReply.HANDED_OVER: _("Handed over to the police department, which answers it"),
}

EVENT_KINDS: Labels = {
    words.EventKind.LOGGED: _("Logged"),
    words.EventKind.CONTACTED_AGAIN: _("Calling again"),
    words.EventKind.ANSWERED: _("Answered"),
    words.EventKind.ATTEMPTED: _("Tried to reach the customer"),
    words.EventKind.NOTED: _("Note added"),
    words.EventKind.TAKEN: _("Taken"),
    words.EventKind.GIVEN: _("Given to"),
    words.EventKind.SENT_BACK: _("Sent back"),
    words.EventKind.WAITING: _("Waiting for the resident"),
    words.EventKind.RESUMED: _("No longer waiting"),
    words.EventKind.CLOSED: _("Closed"),
    words.EventKind.REOPENED: _("Reopened"),
    words.EventKind.MERGED: _("Merged"),
    words.EventKind.CLOCK_MOVED: _("Answer-by date worked out again"),
    words.EventKind.CORRECTED: _("Recorded fact corrected"),
    words.EventKind.EXCUSED: _("Late answer excused"),
    words.EventKind.EXCUSAL_REVOKED: _("Excuse revoked"),
    words.EventKind.REMINDED: _("Reminder sent"),
    words.EventKind.UNOWNED: _("Nobody yet: passed to the supervisor"),
    words.EventKind.HAZARD_TOLD: _("Danger: somebody was told"),
    words.EventKind.BACKDATED: _("Recorded long after it was received"),
    words.EventKind.DETERMINED: _("Determination recorded"),
    words.EventKind.EXTENDED: _("Time extended"),
    words.EventKind.REDACTED: _("Redacted"),
    words.EventKind.REDACTION_LIFTED: _("Redaction lifted"),
    words.EventKind.HELD: _("Legal hold placed"),
    words.EventKind.HOLD_RELEASED: _("Legal hold released"),
    words.EventKind.ATTACHED: _("Files attached"),
    words.EventKind.RECORDS_FILE_CHANGED: _("Records file changed"),
    words.EventKind.DESTROYED: _("Content destroyed"),
    words.EventKind.PURGED: _("Card or social security numbers removed"),
    words.EventKind.COMPLAINT_DESCRIBED: _("Complaint described"),
    words.EventKind.INVESTIGATION_BEGUN: _("Investigation begun"),
    words.EventKind.DECIDED: _("Answered in writing"),
    words.EventKind.FOLLOWED_UP: _("Followed up"),
    words.EventKind.REVIEW_ASKED: _("Review asked for"),
    words.EventKind.HANDED_OFF: _("Handed over"),
    words.EventKind.FAIRNESS_KEPT: _("Step owed to the person concerned"),
    words.EventKind.THANKED: _("Thanks passed on"),
    words.EventKind.ESCALATED: _("Escalated"),
    words.EventKind.ESCALATION_ACCEPTED: _("Escalation accepted"),
    words.EventKind.ESCALATION_SENT_BACK: _("Escalation sent back"),
    words.EventKind.ESCALATION_CLIMBED: _("Escalation passed on upwards"),
    words.EventKind.ESCALATION_ANSWERED: _("Escalation answered"),
    words.EventKind.CONSULTED: _("Colleague asked"),
    words.EventKind.CONSULTATION_ENDED: _("Colleague no longer asked"),
    words.EventKind.RESTRICTED: _("Who may read it was changed"),
    words.EventKind.PERSON_NAMED: _("Person named"),
    words.EventKind.RECORDS_LINKED: _("Linked to a records request"),
    words.EventKind.ROUTED: _("Went to whoever stands in"),
    words.EventKind.EXCUSAL_PROPOSED: _("Excuse proposed"),
    words.EventKind.EXCUSAL_REFUSED: _("Excuse refused"),
    words.EventKind.SNOOZED: _("Reminders put off"),
    words.EventKind.RECEIPT_GIVEN: _("Receipt given"),
    words.EventKind.INCIDENT_LINKED: _("Linked to an incident"),
    words.EventKind.INCIDENT_UNLINKED: _("Taken off an incident"),
    words.EventKind.CUSTOMER_MERGED: _("Customer merged with another"),
}


# By their ISO 639 code: languages of the city, with one for all others.
LANGUAGES: Mapping[str, str | Promise] = {
    "es": _("Spanish"),
    "zh": _("Chinese"),
    "tl": _("Tagalog"),
    "pa": _("Punjabi"),
    "other": _("Other"),
}


def choices_of(labels: Labels) -> Choices:
    """Turn labels into the choices of a field or a form."""
    return [(code.value, label) for code, label in labels.items()]
