"""Draw the procedure form, filled in or blank: the same sheet on screen, on paper and as a tagged PDF."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from requests_app.domain.procedure_forms import ProcedureForm
from requests_app.models import ApprovedForm
from requests_app.services.pdf_drawing import draw_pdf

_SHEET = "procedure_forms/form.css"


def form_title(language: str, own_form: ApprovedForm | None) -> str:
    """Say what the sheet is: a stand-in, until the city has registered its own form."""
    with translation.override(language):
        if own_form is None:
            return gettext("Stand-in form")
        name = own_form.name_es if language == "es" and own_form.name_es else own_form.name
        return gettext("The city’s own form is %(name)s") % {"name": name}


def form_sheet(form: ProcedureForm, *, own_form: ApprovedForm | None) -> SafeString:
    """Render a filled-in form, to stand on a page or in a PDF."""
    with translation.override(form.language):
        return render_to_string("procedure_forms/sheet.html", _context(form, own_form))


def form_pdf(form: ProcedureForm, *, own_form: ApprovedForm | None) -> bytes:
    """Draw a filled-in form; its dates are those of what is on it, so the same data give the same bytes."""
    made = timezone.localtime(form.as_of).isoformat(timespec="seconds")
    context = {**_context(form, own_form), "sheet": form_sheet(form, own_form=own_form), "made": made}
    with translation.override(form.language):
        page = render_to_string("procedure_forms/pdf.html", context)
    return draw_pdf(page, sheet=_SHEET, identifier=f"{form.number} {form.language}")


def blank_sheet(language: str, *, own_form: ApprovedForm | None) -> SafeString:
    """Render the form with lines to write on."""
    with translation.override(language):
        return render_to_string("procedure_forms/blank.html", {"own_form": own_form, "language": language})


def blank_pdf(language: str, *, own_form: ApprovedForm | None) -> bytes:
    """Draw the form with lines to write on."""
    sheet, title = blank_sheet(language, own_form=own_form), form_title(language, own_form)
    context = {"language": language, "sheet": sheet, "title": title, "made": None}
    with translation.override(language):
        page = render_to_string("procedure_forms/pdf.html", context)
    return draw_pdf(page, sheet=_SHEET, identifier=f"blank {language}")


def _context(form: ProcedureForm, own_form: ApprovedForm | None) -> dict[str, Any]:
    title = form_title(form.language, own_form)
    return {"form_told": form, "language": form.language, "own_form": own_form, "number": form.number, "title": title}
