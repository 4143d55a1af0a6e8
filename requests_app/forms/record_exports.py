"""What an export of public records withholds; the first choice of each withholds."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.domain.record_copies import CopyOptions


class ExportForm(forms.Form):
    """The clerk's choices for one export."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    withholds_contact = forms.BooleanField(
        label=_("Withhold contact details"),
        required=False,
        initial=True,
        help_text=_("Telephone numbers and e-mail addresses of private persons, also within texts."),
    )
    withholds_name = forms.BooleanField(label=_("Withhold names of customers"), required=False)
    withholds_place = forms.BooleanField(
        label=_("Withhold the place"), required=False, help_text=_("Where it is somebody's home.")
    )
    includes_notes = forms.BooleanField(
        label=_("Release internal notes"),
        required=False,
        help_text=_("Otherwise they are withheld as drafts and notes, and the log says so."),
    )
    includes_files = forms.BooleanField(
        label=_("Release attached files"),
        required=False,
        initial=True,
        help_text=_("They go out as they are: look at them first. Of a redacted request no file is released."),
    )
    with_original = forms.BooleanField(
        label=_("Also make the untouched original, for the city's own use"),
        required=False,
        help_text=_("A second file in which nothing is withheld."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission_key"].initial = uuid4

    def options(self) -> CopyOptions:
        """Give what was chosen."""
        names = ("withholds_contact", "withholds_name", "withholds_place", "includes_notes", "includes_files")
        return CopyOptions(**{name: self.cleaned_data[name] for name in names})
