"""Tables, constraints, indexes. No verbs: every change is a service."""

from requests_app.models.absences import Absence, AbsenceUpload, ExcusalProposal, Greeting
from requests_app.models.attachments import Attachment
from requests_app.models.attestations import Attestation, AttestationRound
from requests_app.models.backups import RestoreDrill, SendingPause
from requests_app.models.calendars import Calendar, CalendarVersion, Closure
from requests_app.models.categories import Category, OnCallNumber
from requests_app.models.clause_signatures import ClauseSignature
from requests_app.models.clocks import ClockRevision, Excusal, ResponseClock
from requests_app.models.commendations import Commendation
from requests_app.models.complaints import Complaint, ComplaintDecision, FairnessStep, FollowUp
from requests_app.models.confirmations import Confirmation
from requests_app.models.consultations import Consultation, RecordsLink
from requests_app.models.corrective_actions import CorrectiveAction, CorrectiveSwitch
from requests_app.models.counted_contacts import ContactCount, ContactCountUpload
from requests_app.models.counter_taps import CounterTap
from requests_app.models.counters import CounterDevice, CounterPin, CounterSeat
from requests_app.models.customer_merges import CustomerMerge
from requests_app.models.customers import ContactPoint, Customer, CustomerChange
from requests_app.models.determinations import RecordsDetermination
from requests_app.models.directory import (
    Alternate,
    Department,
    Departure,
    Employee,
    RoleAssignment,
    RosterUpload,
)
from requests_app.models.disposals import DisposalItem, DisposalList, RetentionPeriod
from requests_app.models.drafts import Draft
from requests_app.models.escalations import Escalation, EscalationReceiver
from requests_app.models.evidence import AuditEntry, AuditHead, Event
from requests_app.models.guesses import GuessCount
from requests_app.models.holds import LegalHold
from requests_app.models.improvements import Improvement, ImprovementComment
from requests_app.models.inboxes import NoticePreference, Snooze
from requests_app.models.incidents import Incident, IncidentReport
from requests_app.models.interactions import Interaction
from requests_app.models.jobs import BackgroundJob, SweepRun
from requests_app.models.notice_texts import NoticeTemplate
from requests_app.models.notices import LadderRung, Notice, OutgoingMail, StageFiring
from requests_app.models.opening_checks import ChecklistItem, OpeningCheck, OpeningCheckLine
from requests_app.models.packets import Packet
from requests_app.models.past_facts import PastFacts
from requests_app.models.past_settings import PastChoice, PastDepartment
from requests_app.models.person_rates import PersonRatesSwitch
from requests_app.models.policies import PolicyQuestion, PolicyReview, PolicyVersion
from requests_app.models.procedures import ApprovedForm
from requests_app.models.purges import Purge
from requests_app.models.receipts import Receipt
from requests_app.models.recognition import Award, ColleagueThanks
from requests_app.models.record_exports import RecordsExport
from requests_app.models.recoveries import FactorRecovery
from requests_app.models.redactions import RedactedText, Redaction
from requests_app.models.referral_cards import Referral, ReferralCard
from requests_app.models.replays import Replay, ReplayChange
from requests_app.models.report_files import ReportFile
from requests_app.models.service_requests import ImportedCase, RequestSubject, ServiceRequest
from requests_app.models.settings import CitySetting
from requests_app.models.shared_answers import SharedAnswer, SharedAnswerRevision, SharedAnswerUse
from requests_app.models.staff_questions import StaffQuestion
from requests_app.models.standards import ServiceStandard
from requests_app.models.surveys import (
    PulseRound,
    PulseSeat,
    PulseTally,
    SurveyAddressee,
    SurveyAnswer,
    SurveyInvitation,
)
from requests_app.models.trainings import (
    TrainingCourse,
    TrainingEvidence,
    TrainingRecord,
    TrainingReminder,
    TrainingUpload,
)
from requests_app.models.voicemail_checks import VoicemailCheck
from requests_app.models.waiting_times import VisitorWait, WaitingSample

__all__ = [
    "Absence",
    "AbsenceUpload",
    "Alternate",
    "ApprovedForm",
    "Attachment",
    "Attestation",
    "AttestationRound",
    "AuditEntry",
    "AuditHead",
    "Award",
    "BackgroundJob",
    "Calendar",
    "CalendarVersion",
    "Category",
    "ChecklistItem",
    "CitySetting",
    "ClauseSignature",
    "ClockRevision",
    "Closure",
    "ColleagueThanks",
    "Commendation",
    "Complaint",
    "ComplaintDecision",
    "Confirmation",
    "Consultation",
    "ContactCount",
    "ContactCountUpload",
    "ContactPoint",
    "CorrectiveAction",
    "CorrectiveSwitch",
    "CounterDevice",
    "CounterPin",
    "CounterSeat",
    "CounterTap",
    "Customer",
    "CustomerChange",
    "CustomerMerge",
    "Department",
    "Departure",
    "DisposalItem",
    "DisposalList",
    "Draft",
    "Employee",
    "Escalation",
    "EscalationReceiver",
    "Event",
    "Excusal",
    "ExcusalProposal",
    "FactorRecovery",
    "FairnessStep",
    "FollowUp",
    "Greeting",
    "GuessCount",
    "ImportedCase",
    "Improvement",
    "ImprovementComment",
    "Incident",
    "IncidentReport",
    "Interaction",
    "LadderRung",
    "LegalHold",
    "Notice",
    "NoticePreference",
    "NoticeTemplate",
    "OnCallNumber",
    "OpeningCheck",
    "OpeningCheckLine",
    "OutgoingMail",
    "Packet",
    "PastChoice",
    "PastDepartment",
    "PastFacts",
    "PersonRatesSwitch",
    "PolicyQuestion",
    "PolicyReview",
    "PolicyVersion",
    "PulseRound",
    "PulseSeat",
    "PulseTally",
    "Purge",
    "Receipt",
    "RecordsDetermination",
    "RecordsExport",
    "RecordsLink",
    "RedactedText",
    "Redaction",
    "Referral",
    "ReferralCard",
    "Replay",
    "ReplayChange",
    "ReportFile",
    "RequestSubject",
    "ResponseClock",
    "RestoreDrill",
    "RetentionPeriod",
    "RoleAssignment",
    "RosterUpload",
    "SendingPause",
    "ServiceRequest",
    "ServiceStandard",
    "SharedAnswer",
    "SharedAnswerRevision",
    "SharedAnswerUse",
    "Snooze",
    "StaffQuestion",
    "StageFiring",
    "SurveyAddressee",
    "SurveyAnswer",
    "SurveyInvitation",
    "SweepRun",
    "TrainingCourse",
    "TrainingEvidence",
    "TrainingRecord",
    "TrainingReminder",
    "TrainingUpload",
    "VisitorWait",
    "VoicemailCheck",
    "WaitingSample",
]
