"""The parts of the procedure form that only a complaint has, and the chain of escalations (III.b.v.1-3)."""

from django.utils.translation import gettext

from requests_app.domain.procedure_forms import FormEntry, FormPart
from requests_app.models import Complaint, ComplaintDecision, Escalation, FollowUp, ServiceRequest
from requests_app.selectors.escalation_chain import level_words
from requests_app.selectors.procedure_words import by_words, filled, instant_words
from requests_app.selectors.request_story import Touch


class ComplaintParts:
    """What came of a complaint, with the words its reader may know: findings and lessons are for colleagues."""

    def __init__(self, complaint: Complaint, *, touches: list[Touch], reads_notes: bool) -> None:
        self._complaint = complaint
        self._reads_notes = reads_notes
        self._texts = {touch.interaction.pk: touch.interaction.text for touch in touches}

    def investigation(self) -> FormPart:
        """Give who looks into it, since when, and why it is reviewed."""
        complaint = self._complaint
        lines = [
            (gettext("Looked into by"), complaint.investigated_by),
            (gettext("Begun"), instant_words(complaint.investigation_began_at)),
            (gettext("Stage"), complaint.stage),
            (gettext("Why it is reviewed"), complaint.review_reason if self._reads_notes else ""),
        ]
        return FormPart(gettext("Investigation"), filled(lines))

    def outcomes(self) -> FormPart:
        """Give every written outcome, the earliest first."""
        rows = ComplaintDecision.objects.filter(complaint=self._complaint).select_related("decided_by")
        nothing = gettext("There is no written outcome yet.")
        return FormPart(gettext("Written outcome"), [], [self._outcome(row) for row in rows], nothing)

    def _outcome(self, row: ComplaintDecision) -> FormEntry:
        head = gettext("Stage %(stage)s: %(outcome)s") % {"stage": row.stage, "outcome": row.get_outcome_display()}
        lines = [
            (gettext("Decided"), by_words(row.decided_at, row.decided_by)),
            (gettext("Reasons"), row.reasons),
            (gettext("Remedy"), row.remedy),
        ]
        if self._reads_notes:
            lines += [
                (gettext("Findings"), row.findings),
                (gettext("Cause"), str(row.get_root_cause_display())),
                (gettext("Lesson"), row.lesson),
            ]
        return FormEntry(head, filled(lines))

    def follow_ups(self) -> FormPart:
        """Give every try to hear from the complainant after the answer, and what they said."""
        rows = FollowUp.objects.filter(complaint=self._complaint).select_related("by")
        nothing = gettext("It was not followed up yet.")
        return FormPart(gettext("Follow-up"), [], [self._follow_up(row) for row in rows], nothing)

    def _follow_up(self, row: FollowUp) -> FormEntry:
        outcome = str(row.get_outcome_display()) if row.outcome else gettext("Tried to reach them")
        lines = [(outcome, self._texts.get(row.interaction_id or 0) or gettext("Nothing further was written down."))]
        return FormEntry(by_words(row.at, row.by), filled(lines))


def escalation_entries(service_request: ServiceRequest, *, reads_notes: bool) -> list[FormEntry]:
    """Give every step of the chain with its dates and its end; the words are those of colleagues to each other."""
    people = ("from_employee", "to_employee", "to_department", "accepted_by", "sent_back_by")
    rows = Escalation.objects.filter(service_request=service_request).select_related(*people)
    return [_escalation(row, reads_notes=reads_notes) for row in rows]


def _escalation(row: Escalation, *, reads_notes: bool) -> FormEntry:
    names = {"level": level_words(row.level), "to": _receiver(row)}
    lines = [
        (gettext("Sent"), by_words(row.sent_at, row.from_employee or gettext("the system, as nobody accepted it"))),
        (gettext("Why"), row.reason if reads_notes else ""),
        (gettext("Accepted"), by_words(row.accepted_at, row.accepted_by)),
        (gettext("Sent back"), by_words(row.sent_back_at, row.sent_back_by)),
        (gettext("Why sent back"), row.sent_back_reason if reads_notes else ""),
        (gettext("Not accepted in time, went one level up"), instant_words(row.climbed_at)),
        (gettext("Ended with the request"), instant_words(row.withdrawn_at)),
        (gettext("Answered"), instant_words(row.answered_at)),
        (gettext("Answer"), row.answer if reads_notes else ""),
    ]
    return FormEntry(gettext("%(level)s, to %(to)s") % names, filled(lines))


def _receiver(row: Escalation) -> str:
    if row.to_outside:
        return gettext("the independent recipient")
    return " · ".join(str(whom) for whom in (row.to_employee, row.to_department) if whom)
