"""Words of a greeting, reasons for what is left out, and what the supervisor heard, from input to cleaned values."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from requests_app.domain.greetings import Element, GreetingKind, TextKey
from requests_app.domain.wording import language_of
from requests_app.forms.fields import PlainTextField
from requests_app.models.absence_words import GREETING_KINDS
from requests_app.models.labels import choices_of
from requests_app.selectors.greeting_page import FOR_COLLEAGUES, SPANISH

LIST = "list"
_MOST_CHARACTERS = 2000
_LANGUAGES = ("en", "es")


class TextKeyForm(forms.Form):
    """Which text of an absence."""

    kind = forms.ChoiceField(choices=choices_of(GREETING_KINDS), widget=forms.HiddenInput)
    language = forms.ChoiceField(choices=[(code, code) for code in _LANGUAGES], widget=forms.HiddenInput)

    @property
    def key(self) -> TextKey:
        """Give what the text is for, and its language."""
        return GreetingKind(self.cleaned_data["kind"]), language_of(self.cleaned_data["language"])


class GreetingTextForm(TextKeyForm):
    """A text as somebody words it."""

    text = PlainTextField(label=_("Text"), rows=7)

    def clean_text(self) -> str:
        """Refuse what no telephone or mail program takes."""
        text = str(self.cleaned_data["text"])
        if len(text) > _MOST_CHARACTERS:
            raise ValidationError(_("At most 2,000 characters."))
        return text


class WriteForm(forms.Form):
    """Which texts to write from the register: all there are anew, or some that are wanted besides."""

    what = forms.ChoiceField(choices=[(name, name) for name in ("all", "spanish", "colleagues")])

    def keys(self, present: list[TextKey]) -> list[TextKey]:
        """Give the texts to write, of those an absence has now."""
        wanted = {"all": tuple(present), "spanish": SPANISH, "colleagues": FOR_COLLEAGUES}
        return list(wanted[self.cleaned_data["what"]])


class DeclineForm(forms.Form):
    """Why an element is left out; an empty reason takes that back."""

    element = forms.ChoiceField(
        choices=[(element.value, element.value) for element in (Element.ALTERNATIVE, Element.INSIDE_AND_OUTSIDE)],
        widget=forms.HiddenInput,
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class SetForm(forms.Form):
    """The version of the absence that was read, and where to go on."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class CheckForm(forms.Form):
    """What the supervisor heard and read."""

    is_right = forms.ChoiceField(choices=[("yes", _("Right")), ("no", _("Not right"))])

    def clean_is_right(self) -> Any:
        """Give whether it was right."""
        return self.cleaned_data["is_right"] == "yes"
