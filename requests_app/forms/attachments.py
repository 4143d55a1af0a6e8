"""Files to attach to a request, judged one by one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.file_types import FILE_TYPES, FileRefused
from requests_app.forms.fields import PlainTextField
from requests_app.forms.requests import ActionForm
from requests_app.services.uploads import IncomingFile, checked_file, file_refusal_text


class FilesInput(forms.FileInput):
    """One field that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files, each of a kind and size that is taken; the error names every one that is not."""

    widget = FilesInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the browser's own dialog offer what is taken."""
        return {**super().widget_attrs(widget), "accept": ",".join(f".{extension}" for extension in FILE_TYPES)}

    def clean(self, data: Any, initial: Any = None) -> list[IncomingFile]:
        """Judge each file. Raises ValidationError."""
        given: Sequence[UploadedFile[bytes]] = [file for file in (data or []) if file]
        if self.required and not given:
            raise ValidationError(self.error_messages["required"], code="required")
        taken, errors = [], []
        for file in given:
            try:
                taken.append(checked_file(file.name or "", file))
            except FileRefused as refused:
                errors.append(file_refusal_text(refused))
        if errors:
            raise ValidationError([*errors, *_choose_again(len(given))])
        return taken


def _choose_again(count: int) -> list[str]:
    """Say what a browser forgets when a form comes back."""
    if count < 2:
        return []
    return [ngettext("Choose the file again.", "Choose the files again, also those that were all right.", count)]


class AttachForm(ActionForm):
    """Files and, if they are for colleagues only, the note they belong to."""

    attachments = FilesField(label=_("Files"))
    text = PlainTextField(
        label=_("Internal note"),
        required=False,
        rows=2,
        help_text=_("With a note, the files are seen only by those who may read it. Leave it empty otherwise."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attachments"].help_text = gettext(
            "Up to %(file)s each and %(all)s at once: PDF, pictures, Word, Excel, text, sound, video, saved e-mails."
        ) % {
            "file": filesizeformat(settings.ATTACHMENT_MAX_BYTES),
            "all": filesizeformat(settings.UPLOAD_MAX_BYTES),
        }
