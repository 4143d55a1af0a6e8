"""What can be done on the page of a request: one row for each verb, its form and the one service it calls."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from requests_app.domain.workflow import Action
from requests_app.forms import attachments, decisions
from requests_app.forms import requests as forms
from requests_app.forms.incidents import LinkForm
from requests_app.forms.referral_cards import ReferForm
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.services.answers import add_note, answer_request, log_attempt
from requests_app.services.assignments import give_request, send_back_request, take_request
from requests_app.services.attachments import attach_files
from requests_app.services.closing import close_request, reopen_request
from requests_app.services.corrections import correct_clock
from requests_app.services.excusals import excuse_clock, revoke_excusal
from requests_app.services.incidents import link_report
from requests_app.services.records import extend_determination
from requests_app.services.reminders import send_reminder
from requests_app.services.requests import add_contact
from requests_app.services.waiting import resume_request, wait_for_resident
from requests_app.views.complaint_verbs import COMPLAINT_VERBS
from requests_app.views.confidentiality_verbs import CONFIDENTIALITY_VERBS
from requests_app.views.escalation_verbs import ESCALATION_VERBS
from requests_app.views.fairness_verbs import FAIRNESS_VERBS
from requests_app.views.snooze_verbs import SNOOZE_VERBS
from requests_app.views.verbs import Verb


def _answer(found: ServiceRequest, form: forms.AnswerForm, actor: Actor, at: datetime) -> object:
    return answer_request(request_id=found.pk, entry=form.entry(at), actor=actor, at=at)


def _attempt(found: ServiceRequest, form: forms.AttemptForm, actor: Actor, at: datetime) -> object:
    return log_attempt(request_id=found.pk, entry=form.entry(at), actor=actor, at=at)


def _note(found: ServiceRequest, form: forms.NoteForm, actor: Actor, at: datetime) -> object:
    return add_note(request_id=found.pk, text=form.cleaned_data["text"], actor=actor, at=at)


def _contact(found: ServiceRequest, form: forms.TalkForm, actor: Actor, at: datetime) -> object:
    return add_contact(request_id=found.pk, entry=form.inbound(at), actor=actor, at=at)


def _attach(found: ServiceRequest, form: attachments.AttachForm, actor: Actor, at: datetime) -> object:
    return attach_files(
        request_id=found.pk,
        files=form.cleaned_data["attachments"],
        note=form.cleaned_data["text"],
        submission_key=form.cleaned_data["submission_key"],
        actor=actor,
        at=at,
    )


def _take(found: ServiceRequest, form: forms.ConfirmForm, actor: Actor, at: datetime) -> object:
    return take_request(request_id=found.pk, actor=actor, at=at)


def _give(found: ServiceRequest, form: forms.GiveForm, actor: Actor, at: datetime) -> object:
    return give_request(
        request_id=found.pk,
        owner_id=form.cleaned_data["owner"],
        department_id=form.cleaned_data["department"],
        note=form.cleaned_data["text"],
        actor=actor,
        at=at,
    )


def _send_back(found: ServiceRequest, form: forms.ReasonForm, actor: Actor, at: datetime) -> object:
    return send_back_request(request_id=found.pk, reason=form.cleaned_data["text"], actor=actor, at=at)


def _wait(found: ServiceRequest, form: forms.OptionalNoteForm, actor: Actor, at: datetime) -> object:
    return wait_for_resident(request_id=found.pk, note=form.cleaned_data["text"], actor=actor, at=at)


def _resume(found: ServiceRequest, form: forms.ConfirmForm, actor: Actor, at: datetime) -> object:
    return resume_request(request_id=found.pk, actor=actor, at=at)


def _link(found: ServiceRequest, form: LinkForm, actor: Actor, at: datetime) -> object:
    return link_report(request_id=found.pk, incident_id=form.cleaned_data["incident"], actor=actor, at=at)


def _refer(found: ServiceRequest, form: ReferForm, actor: Actor, at: datetime) -> object:
    return close_request(request_id=found.pk, entry=form.entry(), actor=actor, at=at)


def _close(found: ServiceRequest, form: forms.CloseForm, actor: Actor, at: datetime) -> object:
    return close_request(request_id=found.pk, entry=form.entry(at), actor=actor, at=at)


def _reopen(found: ServiceRequest, form: forms.TalkForm, actor: Actor, at: datetime) -> object:
    return reopen_request(request_id=found.pk, entry=form.inbound(at), actor=actor, at=at)


def _remind(found: ServiceRequest, form: forms.ConfirmForm, actor: Actor, at: datetime) -> object:
    return send_reminder(request_id=found.pk, actor=actor, at=at)


def _excuse(found: ServiceRequest, form: decisions.ExcuseForm, actor: Actor, at: datetime) -> object:
    return excuse_clock(clock_id=form.cleaned_data["clock"].pk, reason=form.cleaned_data["text"], actor=actor, at=at)


def _revoke(found: ServiceRequest, form: decisions.ExcuseForm, actor: Actor, at: datetime) -> object:
    return revoke_excusal(clock_id=form.cleaned_data["clock"].pk, reason=form.cleaned_data["text"], actor=actor, at=at)


def _correct(found: ServiceRequest, form: decisions.CorrectForm, actor: Actor, at: datetime) -> object:
    return correct_clock(clock_id=form.cleaned_data["clock"].pk, entry=form.entry(), actor=actor, at=at)


def _extend(found: ServiceRequest, form: decisions.ExtendForm, actor: Actor, at: datetime) -> object:
    return extend_determination(
        request_id=found.pk,
        extended_to=form.cleaned_data["extended_to"],
        reason=form.cleaned_data["text"],
        actor=actor,
        at=at,
    )


VERBS: Mapping[str, Verb] = {
    "answer": Verb(
        Action.ANSWER, forms.AnswerForm, _answer, _("Log an answer"), "reply", _("Save the answer"), _("Answer saved.")
    ),
    "attempt": Verb(
        Action.ATTEMPT,
        forms.AttemptForm,
        _attempt,
        _("Log a call attempt"),
        "telephone-outbound",
        _("Save the attempt"),
        _("Attempt saved."),
    ),
    "contact": Verb(
        Action.ADD_CONTACT,
        forms.TalkForm,
        _contact,
        _("They contacted us again"),
        "telephone",
        _("Add the contact"),
        _("Contact added."),
    ),
    "note": Verb(
        Action.NOTE,
        forms.NoteForm,
        _note,
        _("Add an internal note"),
        "lock",
        _("Save the note"),
        _("Note saved. Customers do not see it."),
    ),
    "attach": Verb(
        Action.ATTACH,
        attachments.AttachForm,
        _attach,
        _("Attach files"),
        "paperclip",
        _("Attach"),
        _("Files attached."),
    ),
    **COMPLAINT_VERBS,
    "give": Verb(
        Action.GIVE,
        forms.GiveForm,
        _give,
        _("Give to somebody else"),
        "arrow-left-right",
        _("Give it"),
        _("Given. The answer-by date stays."),
    ),
    "send-back": Verb(
        Action.SEND_BACK,
        forms.ReasonForm,
        _send_back,
        _("Not ours: send back to the front desk"),
        "arrow-return-left",
        _("Send back"),
        _("Sent back to the front desk."),
    ),
    **ESCALATION_VERBS,
    "wait": Verb(
        Action.WAIT,
        forms.OptionalNoteForm,
        _wait,
        _("Wait for the resident"),
        "hourglass-split",
        _("Wait for the resident"),
        _("Waiting for the resident. An answer that is owed stays owed."),
    ),
    **SNOOZE_VERBS,
    "incident": Verb(
        Action.ANSWER,
        LinkForm,
        _link,
        _("It reports a known incident"),
        "link-45deg",
        _("Link it"),
        _("Linked: it is answered with the others, and stays a request of its own."),
    ),
    "refer": Verb(
        Action.CLOSE,
        ReferForm,
        _refer,
        _("Refer to another agency"),
        "box-arrow-right",
        _("Refer and close"),
        _("Referred to the other agency, and closed."),
    ),
    "close": Verb(
        Action.CLOSE, forms.CloseForm, _close, _("Close, and say how it ended"), "check-lg", _("Close"), _("Closed.")
    ),
    "reopen": Verb(
        Action.REOPEN,
        forms.TalkForm,
        _reopen,
        _("Reopen"),
        "arrow-counterclockwise",
        _("Reopen"),
        _("Reopened, with a new answer-by date."),
    ),
    "extend": Verb(
        Action.EXTEND,
        decisions.ExtendForm,
        _extend,
        _("Extend the records determination"),
        "calendar3",
        _("Extend"),
        _("Extended. Tell the requester in writing."),
    ),
    "excuse": Verb(
        Action.EXCUSE,
        decisions.ExcuseForm,
        _excuse,
        _("Excuse the late answer"),
        "dash-circle",
        _("Excuse"),
        _("Late answer excused. It stands beside the rate, not in it."),
    ),
    "revoke": Verb(
        Action.EXCUSE,
        decisions.RevokeForm,
        _revoke,
        _("Take the excuse back"),
        "arrow-counterclockwise",
        _("Take it back"),
        _("Excuse taken back."),
    ),
    "correct": Verb(
        Action.CORRECT,
        decisions.CorrectForm,
        _correct,
        _("Correct a recorded time or channel"),
        "pencil",
        _("Correct"),
        _("Corrected. What was recorded before stays visible."),
    ),
    **CONFIDENTIALITY_VERBS,
    **FAIRNESS_VERBS,
    "take": Verb(Action.TAKE, forms.ConfirmForm, _take, _("Take it"), "person-check", _("Take it"), _("It is yours.")),
    "resume": Verb(
        Action.RESUME,
        forms.ConfirmForm,
        _resume,
        _("No longer waiting"),
        "arrow-counterclockwise",
        _("No longer waiting"),
        _("No longer waiting for the resident."),
    ),
    "remind": Verb(
        Action.REMIND,
        forms.ConfirmForm,
        _remind,
        _("Send a reminder"),
        "bell",
        _("Send a reminder"),
        _("Reminder sent."),
    ),
}
