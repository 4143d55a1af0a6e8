"""A text people get, from input to cleaned values."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain.notice_texts import MOST_CHARACTERS, TEXTS, TextCode, check_text
from requests_app.domain.placeholders import InvalidText

LABELS: dict[TextCode, str | Promise] = {
    TextCode.READ_BACK_NUMBER: _("Read back: the tracking number"),
    TextCode.READ_BACK_STANDARD: _("Read back: the standard and the date"),
    TextCode.READ_BACK_DUE: _("Read back: a date without a standard in business days"),
    TextCode.READ_BACK_UNDATED: _("Read back: the date is not known yet"),
    TextCode.READ_BACK_ANSWERED: _("Read back: answered on the spot"),
    TextCode.READ_BACK_NO_REPLY: _("Read back: no answer will follow"),
    TextCode.READ_BACK_HANDED_OVER: _("Read back: a complaint about a police employee"),
    TextCode.READ_BACK_REFERRED: _("Read back: how to reach the agency of a referral card"),
    TextCode.RECEIPT_SUBJECT: _("Receipt of a customer: subject of the mail"),
    TextCode.INCIDENT_SUBJECT: _("Answer to all reports of an incident: subject of the mail"),
    TextCode.RECEIPT_LEAD: _("Receipt of a customer: when it was received"),
    TextCode.RECEIPT_HOLIDAYS: _("Receipt of a customer: where the holidays are listed"),
    TextCode.RECEIPT_REACH: _("Receipt of a customer: how to reach us"),
    TextCode.DIGEST_LEAD: _("Mail to staff: before the list of what is due and late"),
    TextCode.NUDGE_HEADING: _("Mail to staff: subject of a reminder sent by a person"),
    TextCode.ASSIGNED_HEADING: _("Mail to staff: subject when a request is given"),
    TextCode.UNOWNED_HEADING: _("Mail to staff: subject when nobody took a request"),
    TextCode.CONSULTED_HEADING: _("Mail to staff: subject when somebody is asked about a request"),
    TextCode.ESCALATED_HEADING: _("Mail to staff: subject when an escalation waits for them"),
    TextCode.ESCALATION_HEADING: _("Mail to staff: subject when an escalation was sent back, passed on or answered"),
    TextCode.WITHDRAWN_HEADING: _("Mail to staff: subject when thanks or an award of theirs were taken back"),
    TextCode.THANKED_HEADING: _("Mail to staff: subject when a compliment names them"),
    TextCode.RELIEVED_HEADING: _("Mail to staff: subject when a request is no longer theirs"),
    TextCode.WATCHDOG_HEADING: _("Mail to administrators: subject of the morning check"),
    TextCode.ABSENCE_HEADING: _("Mail to staff: subject of news about an absence and its greeting"),
    TextCode.COVER_HEADING: _("Mail to staff: subject when they stand in for a colleague"),
    TextCode.EXCUSAL_HEADING: _("Mail to staff: subject when an excuse is to be decided, or was"),
    TextCode.REPORT_HEADING: _("Mail to Human Resources: subject when the report of a month is ready"),
    TextCode.UNDELIVERED_HEADING: _("Mail to supervisors: subject when a mail to one of theirs did not arrive"),
    TextCode.POLICY_HEADING: _("Mail to staff: subject when the policy is to be read, or reviewed"),
    TextCode.PULSE_HEADING: _("Mail to staff: subject when a round of the pulse begins"),
    TextCode.SUGGESTION_HEADING: _("Mail to staff: subject when a suggestion is to be decided, or was"),
    TextCode.UNDECIDED_HEADING: _("Mail to staff: subject when the day for deciding a suggestion comes, or is over"),
    TextCode.TRAINING_HEADING: _("Mail to staff: subject when training is to be taken"),
    TextCode.STALE_ANSWER_HEADING: _("Mail to staff: subject when a shared answer is to be read again"),
    TextCode.REFERRAL_HEADING: _("Mail to staff: subject when a referral card of theirs is to be checked"),
    TextCode.FOOTER: _("Every mail: the last line"),
}


class NoticeTextForm(forms.Form):
    """One text in one language."""

    text = forms.CharField(
        label=_("Text"), required=False, max_length=MOST_CHARACTERS, widget=forms.Textarea(attrs={"rows": 3})
    )
    review_by = forms.DateField(
        label=_("Read it again by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The overview of the month then asks for it. Leave it empty for never."),
    )

    def __init__(self, *args: Any, code: TextCode, **kwargs: Any) -> None:
        self.code = code
        super().__init__(*args, **kwargs)
        names = ", ".join(f"{{{name}}}" for name in sorted(TEXTS[code].names))
        if names:
            self.fields["text"].help_text = _("Filled in when it is written: %(names)s") % {"names": names}

    def clean_text(self) -> str:
        """Refuse what could not be sent, with what to do."""
        try:
            return check_text(self.code, self.cleaned_data["text"])
        except InvalidText as error:
            raise forms.ValidationError(str(error)) from error
