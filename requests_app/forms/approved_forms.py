"""An approved form, from input to cleaned values."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.file_types import FILE_TYPES, FileRefused
from requests_app.forms.fields import DayField, PlainTextField
from requests_app.models import ApprovedForm
from requests_app.selectors.directory import active_departments
from requests_app.services.approved_forms import ApprovedFormEntry
from requests_app.services.uploads import IncomingFile, checked_file, file_refusal_text

_PDF = FILE_TYPES["pdf"].content_type


class PdfField(forms.FileField):
    """One PDF, judged by its content as every attachment is."""

    widget = forms.FileInput(attrs={"accept": ".pdf,application/pdf"})

    def clean(self, data: Any, initial: Any = None) -> IncomingFile | None:
        """Judge the file. Raises ValidationError."""
        if not data:
            return None
        try:
            found = checked_file(data.name or "", data)
        except FileRefused as refused:
            raise ValidationError(file_refusal_text(refused)) from refused
        if found.content_type != _PDF:
            raise ValidationError(gettext("%(name)s is no PDF. Save it as PDF and choose that.") % {"name": found.name})
        return found


class ApprovedFormForm(forms.Form):
    """Name, owner and purpose, and where the form is: a link, a PDF, or its number in another system."""

    name = forms.CharField(label=_("Name"), max_length=160)
    name_es = forms.CharField(label=_("Name in Spanish"), max_length=160, required=False)
    owner = forms.TypedChoiceField(label=_("Owner"), coerce=int)
    approved_on = DayField(label=_("Approved on"), required=False)
    purpose = PlainTextField(label=_("What it is for"), required=False, rows=3)
    link = forms.URLField(
        label=_("Link"), required=False, max_length=300, assume_scheme="https", help_text=_("Where it can be read.")
    )
    external_number = forms.CharField(
        label=_("Number elsewhere"),
        required=False,
        max_length=60,
        help_text=_("Of the process in another system, or of the paper form."),
    )
    file = PdfField(label=_("PDF"), required=False)
    is_procedure_form = forms.BooleanField(
        label=_("This is the city’s own procedure form for complaints"),
        required=False,
        help_text=_("One at a time. The stand-in form then names and links it."),
    )
    is_active = forms.BooleanField(
        label=_("In use"),
        required=False,
        initial=True,
        help_text=_("Without it the form is retired: it stays here, for whoever keeps the register."),
    )

    def __init__(self, data: Any = None, files: Any = None, *, form: ApprovedForm | None = None) -> None:
        initial: dict[str, Any] = {}
        if form:
            plain = set(ApprovedFormEntry.__dataclass_fields__) - {"owner_id"}
            initial = {name: getattr(form, name) for name in plain} | {"owner": form.owner_id}
        super().__init__(data, files, initial=initial)
        owner = self.fields["owner"]
        if isinstance(owner, forms.ChoiceField):
            known = {row.pk: row.name for row in active_departments()}
            if form:
                known.setdefault(form.owner_id, form.owner.name)
            owner.choices = [("", "---------"), *known.items()]
        self.fields["file"].help_text = self._about_file(form)

    def _about_file(self, form: ApprovedForm | None) -> str:
        limit = gettext("Up to %(limit)s.") % {"limit": filesizeformat(settings.ATTACHMENT_MAX_BYTES)}
        if form is None or not form.file_name:
            return limit
        kept = gettext("Now: %(name)s. A new file takes its place; the earlier one stays in the register, retired.")
        return f"{kept % {'name': form.file_name}} {limit}"

    def entry(self) -> ApprovedFormEntry:
        """Give the form that was typed."""
        cleaned = {name: value for name, value in self.cleaned_data.items() if name not in ("file", "owner")}
        return ApprovedFormEntry(**cleaned, owner_id=self.cleaned_data["owner"])
