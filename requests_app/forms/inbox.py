"""How news comes by mail, from input to cleaned values."""

from django import forms
from django.utils.translation import gettext_lazy as _

AT_ONCE, DAILY = "at_once", "daily"


class NoticePreferenceForm(forms.Form):
    """At once, or gathered once a day."""

    news = forms.ChoiceField(
        label=_("News by mail"),
        choices=[
            (AT_ONCE, _("Each at once")),
            (DAILY, _("Gathered in one mail a day, at the next opening")),
        ],
        widget=forms.RadioSelect,
    )

    @property
    def is_daily(self) -> bool:
        """Say whether news is to be gathered."""
        return bool(self.cleaned_data["news"] == DAILY)
