"""What the policy leaves open, as fields: each says what it changes."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain.choices import DEFAULT_CHOICES, LocalChoices
from requests_app.forms.fields import number_field as _number
from requests_app.forms.fields import ratio_field as _ratio
from requests_app.forms.front_desk_choices import FrontDeskChoices

# A number the law sets is not the city's to choose (Cal. Gov. Code 7922.535).
SET_BY_LAW = frozenset({"records_extension_limit_calendar_days"})


class AddressesField(forms.CharField):
    """Several e-mail addresses, separated by commas."""

    def clean(self, value: Any) -> Any:
        """Give the addresses as a list. Raises ValidationError for one that is none."""
        addresses = [address.strip() for address in super().clean(value).split(",") if address.strip()]
        for address in addresses:
            validate_email(address)
        return addresses


class ChoicesForm(FrontDeskChoices):
    """The choices of the city that are somebody's to set; a field is named as its choice."""

    target_rate = forms.FloatField(
        label=_("Target behind “generally”"),
        help_text=_("A share, such as 0.95. Reports compare the headline with it (III.b.ii.3, III.b.ii.4)."),
        min_value=0.5,
        max_value=1,
        widget=forms.NumberInput(attrs={"step": "0.005"}),
    )
    left_message_counts = forms.BooleanField(
        label=_("A message left counts as an answer"),
        help_text=_("Without the tick the clock goes on after “left a message”. What was decided before stays."),
        required=False,
    )
    promise_limit_business_days = _number(
        _("A full answer may be promised for at most so many business days ahead"),
        _("A holding answer with a later date is refused (III.a.iv)."),
        least=1,
        most=60,
    )
    unowned_limit_business_hours = _number(
        _("Business hours until a request nobody took goes to the supervisor"),
        _("Counted from when it was logged (III.a.iv)."),
        least=1,
        most=40,
    )
    backdated_after_minutes = _number(
        _("Minutes after which a contact counts as recorded late"),
        _("Its history then says so, and reports count it."),
        least=5,
        most=1440,
    )
    small_number = _number(
        _("Fewest clocks for a percentage"),
        _("Below it reports say “3 of 3” instead of 100 %, and judge nothing."),
        least=1,
        most=50,
    )
    few_logged_per_cent = _number(
        _("Per cent of what is usual on that weekday, below which a day has improbably few logged contacts"),
        _("Such days are listed beside the coverage of logging; nobody is judged by them."),
        least=5,
        most=95,
    )
    monthly_report_business_day = _number(
        _("Business day of the month on which the report of the last month goes to Human Resources"),
        _("By then late answers to contacts of its last days are recorded (III.d.i). At most the seventh."),
        least=1,
        most=7,
    )
    follow_up_attempts = _number(
        _("Attempts after which a complainant counts as not reached"),
        _("A complaint then closes as “could not be reached” (III.b.v.3)."),
        least=1,
        most=10,
    )
    complaint_extension_limit_business_days = _number(
        _("Business days by which the answer to a complaint may be put off, once"),
        _("With reasons told to the complainant (III.b.v.1)."),
        least=1,
        most=30,
    )
    excusal_needs_whole_due_day = forms.BooleanField(
        label=_("An absence excuses only if it covers the whole due day"),
        help_text=_(
            "Without the tick any hour of the due day is enough. It must be unforeseen (III.b.ii.3, III.b.ii.4)."
        ),
        required=False,
    )
    training_onboarding_days = _number(
        _("Days from the start within which training is to be taken"),
        _("Calendar days (III.c.i)."),
        least=1,
        most=365,
    )
    training_interval_months = _number(
        _("Months after which training is to be taken again"),
        _("Where the course names no number of its own (III.c.i)."),
        least=1,
        most=120,
    )
    suggestion_decision_business_days = _number(
        _("Business days within which a suggestion of staff is decided"),
        _("With a reason that everybody reads (III.c.iii). Suggestions made before keep their date."),
        least=5,
        most=250,
    )
    suggestion_reminder_business_days = _number(
        _("Business days before that day on which whoever decides is reminded"),
        _("And once more on the day itself (III.c.iii). 0: on the day only."),
        least=0,
        most=30,
    )
    suggestion_escalation_business_days = _number(
        _("Business days after that day on which Human Resources are told as well"),
        _("The city manager is told on the first business day after it (III.c.iii)."),
        least=1,
        most=60,
    )
    feedback_reminder_calendar_days = _number(
        _("Days before the end of a half-year from which Human Resources see who has yet to ask"),
        _("Calendar days; the rounds of residents and of staff (III.c.ii)."),
        least=7,
        most=180,
    )
    busy_day_ratio = _ratio(
        _("Times the usual number of contacts from which a day is busy"),
        _("On the page of the city manager; usual is the mean of a business day of the last four weeks."),
    )
    storm_day_ratio = _ratio(
        _("Times the usual number of contacts from which a day is a storm"),
        _("More than for a busy day."),
    )
    staff_reads_city_wide = forms.BooleanField(
        label=_("Staff reads ordinary requests of every department"),
        help_text=_("Correspondence, dates and owners; internal notes stay with their department (III.b.i.4)."),
        required=False,
    )
    sign_in_idle_minutes = _number(
        _("Minutes without use after which a sign-in ends"),
        _("Typed text is kept. At most an hour."),
        least=5,
        most=60,
    )
    sign_in_limit_hours = _number(
        _("Hours after which a sign-in ends in any case"), _("A working day and a little."), least=1, most=24
    )
    counter_idle_minutes = _number(
        _("Minutes without use after which a counter computer locks itself"),
        _("Somebody at the counter can read the screen."),
        least=1,
        most=60,
    )
    counter_pin_hours = _number(
        _("Hours a PIN opens a counter computer after a full sign-in there"),
        _("After that the password, and the second factor, are asked for again."),
        least=1,
        most=24,
    )
    independent_recipient_name = forms.CharField(
        label=_("Independent recipient: name"),
        help_text=_("The city attorney or the mayor, for matters that concern Human Resources or the city manager."),
        max_length=120,
        required=False,
    )
    independent_recipient_email = forms.EmailField(
        label=_("Independent recipient: e-mail"),
        help_text=_("Escalations end here when nobody below may decide (III.b.v.2)."),
        required=False,
    )
    holidays_address = forms.CharField(
        label=_("Where customers find the holidays of the city offices"),
        help_text=_(
            "A page of the city's site, named on receipts (III.a.iii). Empty: receipts leave the sentence out."
        ),
        max_length=120,
        required=False,
    )
    survey_by_mail = forms.BooleanField(
        label=_("Residents are asked by mail how it went"),
        help_text=_("After a request was closed, once, with a link and no word of the request (III.c.ii)."),
        required=False,
    )
    survey_link_days = _number(
        _("Days for which the link to a survey works"), _("After that it says that it has run out."), least=7, most=90
    )
    survey_quiet_days = _number(
        _("Days within which nobody is asked twice"), _("By customer and by e-mail address."), least=30, most=365
    )
    audit_head_addresses = AddressesField(
        label=_("Where the head of the audit trail is mailed each day"),
        help_text=_("Addresses outside the reach of whoever runs the server, separated by commas."),
        max_length=600,
        required=False,
    )

    def __init__(self, *args: Any, settable: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields.keys() - set(settable):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Hold a storm to more than a busy day."""
        typed = super().clean() or {}
        busy, storm = typed.get("busy_day_ratio"), typed.get("storm_day_ratio")
        if busy is not None and storm is not None and storm <= busy:
            self.add_error("storm_day_ratio", _("A storm has more contacts than a busy day."))
        return typed


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """Fields that are shown together."""

    title: str | Promise
    names: tuple[str, ...]


GROUPS = (
    ChoiceGroup(_("Reports"), ("target_rate", "small_number", "few_logged_per_cent", "monthly_report_business_day")),
    ChoiceGroup(
        _("Answers and promises"),
        (
            "left_message_counts",
            "promise_limit_business_days",
            "unowned_limit_business_hours",
            "backdated_after_minutes",
            "holidays_address",
        ),
    ),
    ChoiceGroup(_("Front desk"), ("opening_check_minutes", "voicemail_check_hour")),
    ChoiceGroup(_("Absence"), ("excusal_needs_whole_due_day",)),
    ChoiceGroup(_("Complaints"), ("complaint_extension_limit_business_days", "follow_up_attempts")),
    ChoiceGroup(_("Training"), ("training_onboarding_days", "training_interval_months")),
    ChoiceGroup(
        _("Feedback"), ("survey_by_mail", "survey_link_days", "survey_quiet_days", "feedback_reminder_calendar_days")
    ),
    ChoiceGroup(
        _("Suggestions"),
        (
            "suggestion_decision_business_days",
            "suggestion_reminder_business_days",
            "suggestion_escalation_business_days",
        ),
    ),
    ChoiceGroup(_("Page of the city manager"), ("busy_day_ratio", "storm_day_ratio")),
    ChoiceGroup(_("Who sees what"), ("staff_reads_city_wide",)),
    ChoiceGroup(
        _("Signing in"),
        ("sign_in_idle_minutes", "sign_in_limit_hours", "counter_idle_minutes", "counter_pin_hours"),
    ),
    ChoiceGroup(_("Independent recipient"), ("independent_recipient_name", "independent_recipient_email")),
    ChoiceGroup(_("Audit trail"), ("audit_head_addresses",)),
)


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """A field with the default it has."""

    field: forms.BoundField
    default: str


def grouped_fields(form: ChoicesForm) -> Iterator[tuple[ChoiceGroup, list[ShownChoice]]]:
    """Give the fields of the form by group, each with its default in words; a group without fields is left out."""
    for group in GROUPS:
        names = [name for name in group.names if name in form.fields]
        if names:
            yield group, [ShownChoice(form[name], _words(getattr(DEFAULT_CHOICES, name))) for name in names]


def initial_of(choices: LocalChoices) -> dict[str, Any]:
    """Give the values the form starts with."""
    return {field.name: _as_typed(getattr(choices, field.name)) for field in fields(LocalChoices)}


def _as_typed(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else value


def _words(value: object) -> str:
    if isinstance(value, bool):
        return str(_("yes")) if value else str(_("no"))
    return str(_as_typed(value)) or str(_("none"))
