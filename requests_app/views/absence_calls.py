"""The front desk's one screen for a call in the morning: somebody is ill today (III.b.ii.5)."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Role
from requests_app.forms.absence_calls import CalledInForm
from requests_app.selectors.absences import overlapping, people_calling_in, reads_reason
from requests_app.selectors.access import Actor
from requests_app.selectors.directory import every_employee
from requests_app.selectors.escalation_lists import LEADS
from requests_app.selectors.standards import response_calendar
from requests_app.services.absences import record_absence
from requests_app.services.refusals import refusal_text
from requests_app.views.gates import signed_in_employee
from requests_app.views.posted import posted


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def absence_called_in(request: HttpRequest) -> HttpResponse:
    """Take down that somebody called in: the front desk of anybody, others of themselves and of whom they lead."""
    actor = signed_in_employee(request)
    form = _form(request, actor)
    if request.method != "POST":
        return render(request, "absences/called_in.html", {"form": form})
    if not form.is_valid():
        return render(request, "absences/called_in.html", {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    employee = every_employee().get(pk=form.cleaned_data["person"])
    entry = form.entry(may_say_why=reads_reason(actor, employee))
    try:
        absence = record_absence(entry, employee_id=employee.pk, actor=actor, at=timezone.now())
    except ActionRefused as refused:
        return _refused(request, form, refused)
    said = gettext("Recorded: %(name)s is away. Below is what happens next.") % {"name": employee.name}
    messages.success(request, said)
    return redirect("absence_detail", absence.pk)


def _form(request: HttpRequest, actor: Actor) -> CalledInForm:
    return CalledInForm(
        posted(request),
        people=people_calling_in(actor),
        calendar=response_calendar(),
        now=timezone.now(),
        asks_why=actor.holds(Role.HR, *LEADS),
        initial={"person": request.GET.get("person", "")},
    )


def _refused(request: HttpRequest, form: CalledInForm, refused: ActionRefused) -> HttpResponse:
    """Show the form again; where they are away already, with the way to that absence."""
    typed, standing = form.cleaned_data, None
    if refused.refusal is Refusal.ABSENCE_OVERLAPS:
        standing = overlapping(typed["person"], starts_at=typed["starts_at"], ends_at=typed["ends_at"]).first()
    form.add_error("person", refusal_text(refused))
    context = {"form": form, "standing": standing}
    return render(request, "absences/called_in.html", context, status=HTTPStatus.CONFLICT)
