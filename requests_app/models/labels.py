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
