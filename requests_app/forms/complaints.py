"""What is done on a complaint, from input to cleaned values (III.b.v.1, III.b.v.3)."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from requests_app.domain.complaints import WRITTEN
from requests_app.domain.vocabulary import Channel, ComplaintOutcome, ComplaintSubject, RootCause
from requests_app.forms.fields import CityDateTimeField, DayField, PlainTextField
from requests_app.forms.requests import CHANNEL_CHOICES, ActionForm, TalkForm
from requests_app.models import Complaint
from requests_app.models.labels import COMPLAINT_OUTCOMES, COMPLAINT_SUBJECTS, ROOT_CAUSES, choices_of
from requests_app.selectors.complaints import complaint_of, is_reviewable, may_be_put_off
from requests_app.selectors.fairness import fairness_of
from requests_app.selectors.request_choices import Offered
from requests_app.services.complaint_decisions import DecisionEntry
from requests_app.services.complaint_extensions import PutOffEntry
from requests_app.services.complaints import DescriptionEntry

WRITTEN_CHOICES = [(code, label) for code, label in CHANNEL_CHOICES if code in WRITTEN]
_PEOPLE = ("person", "second_person", "third_person")


class ComplaintForm(ActionForm):
    """An act on a complaint; on other requests it is not offered, and asks the roster nothing."""

    @property
    def is_offered(self) -> bool:
        """Say whether this is a complaint."""
        return self.service_request.is_complaint

    def offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        """Let a field be chosen from these."""
        cast("forms.ChoiceField", self.fields[name]).choices = list(choices)

    def colleagues(self) -> Offered:
        """Give whom a person's field offers: nobody the complaint is about."""
        return self.pickers.people if self.service_request.is_complaint else []


class DescribeForm(ComplaintForm):
    """What a complaint is about, whom, and what they wish for; what is known is filled in for who may read it."""

    subject = forms.ChoiceField(
        label=_("What is it about?"), choices=choices_of(COMPLAINT_SUBJECTS), widget=forms.RadioSelect
    )
    desired_outcome = PlainTextField(
        label=_("What they wish for"), required=False, help_text=_("In their own words, if they said.")
    )
    person = forms.TypedChoiceField(
        label=_("An employee it is about"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Only whoever it is about, not who is merely mentioned. They can no longer read or decide it."),
    )
    second_person = forms.TypedChoiceField(label=_("A second one"), coerce=int, empty_value=None, required=False)
    third_person = forms.TypedChoiceField(label=_("A third one"), coerce=int, empty_value=None, required=False)
    departments = forms.TypedMultipleChoiceField(
        label=_("Departments it touches"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, is_write_only: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.colleagues()
        for name in _PEOPLE:
            self.offer(name, [("", _("Nobody")), *people])
        known = complaint_of(self.service_request)
        self.offer("departments", self.pickers.departments if known else [])
        if known and not is_write_only:
            self._fill_in(known)

    def entry(self) -> DescriptionEntry:
        """Give the description that was typed."""
        typed = self.cleaned_data
        return DescriptionEntry(
            subject=ComplaintSubject(typed["subject"]),
            department_ids=frozenset(typed["departments"]),
            desired_outcome=typed["desired_outcome"],
            concerned_ids=frozenset(typed[name] for name in _PEOPLE if typed[name]),
        )

    def _fill_in(self, known: Complaint) -> None:
        self.fields["subject"].initial = known.subject
        self.fields["desired_outcome"].initial = known.desired_outcome
        self.fields["departments"].initial = [department.pk for department in known.departments.all()]


class InvestigateForm(ComplaintForm):
    """Who looks into a complaint, and since when."""

    investigator = forms.TypedChoiceField(label=_("Who looks into it"), coerce=int, empty_value=None, required=False)
    began_at = CityDateTimeField(label=_("Since when"), required=False, help_text=_("Leave it empty for now."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("investigator", [("", _("Me")), *self.colleagues()])


class PutOffForm(ComplaintForm):
    """To which day the written answer is put off, and how the complainant was told why."""

    extended_to = DayField(label=_("Answer by"), help_text=_("A business day; how far ahead is set for the city."))
    channel = forms.ChoiceField(label=_("They were told by"), choices=CHANNEL_CHOICES)
    told_at = CityDateTimeField(label=_("When they were told"), required=False, help_text=_("Leave it empty for now."))
    text = PlainTextField(label=_("Reason, as they were told"), rows=2)

    @property
    def is_offered(self) -> bool:
        """Say whether an answer is open that was not put off before."""
        return self.service_request.is_complaint and may_be_put_off(self.service_request)

    def entry(self, told_at: Any) -> PutOffEntry:
        """Give the extension that was typed."""
        return PutOffEntry(
            extended_to=self.cleaned_data["extended_to"],
            reason=self.cleaned_data["text"],
            channel=Channel(self.cleaned_data["channel"]),
            told_at=told_at,
            submission_key=self.cleaned_data["submission_key"],
        )


class DecideForm(ComplaintForm):
    """The written outcome of a complaint, and what the city learns from it."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=choices_of(COMPLAINT_OUTCOMES), widget=forms.RadioSelect)
    findings = PlainTextField(
        label=_("What was found"), rows=4, help_text=_("For colleagues: the complainant does not see it.")
    )
    text = PlainTextField(
        label=_("What the complainant is told in writing"), rows=5, help_text=_("The outcome and its reasons.")
    )
    channel = forms.ChoiceField(label=_("Written by"), choices=WRITTEN_CHOICES)
    told_at = CityDateTimeField(label=_("When it was sent"), required=False, help_text=_("Leave it empty for now."))
    remedy = PlainTextField(label=_("What is put right"), required=False, rows=2)
    root_cause = forms.ChoiceField(
        label=_("What it came from"), choices=[("", _("Choose the nearest")), *choices_of(ROOT_CAUSES)]
    )
    lesson = PlainTextField(label=_("What the city does differently"), required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        came_by = self.service_request.channel
        self.fields["channel"].initial = came_by if came_by in WRITTEN else Channel.EMAIL.value
        unheard = [row.employee.name for row in fairness_of(self.service_request) if not row.is_heard]
        if unheard:
            self.fields["findings"].help_text = _now("Not heard yet: %(people)s.") % {"people": ", ".join(unheard)}

    def entry(self, told_at: Any) -> DecisionEntry:
        """Give the outcome that was typed."""
        typed = self.cleaned_data
        return DecisionEntry(
            outcome=ComplaintOutcome(typed["outcome"]),
            findings=typed["findings"],
            reasons=typed["text"],
            channel=Channel(typed["channel"]),
            told_at=told_at,
            root_cause=RootCause(typed["root_cause"]),
            remedy=typed["remedy"],
            lesson=typed["lesson"],
            submission_key=typed["submission_key"],
        )


class ReviewForm(TalkForm):
    """Why they want it looked at again, by somebody else."""

    text = PlainTextField(label=_("Why they ask for a review"))

    @property
    def is_offered(self) -> bool:
        """Say whether there is a first decision to review."""
        return self.service_request.is_complaint and is_reviewable(self.service_request)
