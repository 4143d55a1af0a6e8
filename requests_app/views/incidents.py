"""Incidents: the list, a page for each with its reports, and one act that answers them all."""

from http import HTTPStatus
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from requests_app.domain.refusals import ActionRefused
from requests_app.forms.incidents import IncidentAnswerForm, IncidentForm
from requests_app.models import Incident
from requests_app.selectors.access import Actor
from requests_app.selectors.incidents import (
    incident_rows,
    keeps_incidents,
    mark_of,
    reads_incidents,
    reports_read_by,
    reports_to_answer,
)
from requests_app.selectors.visibility import visible_requests
from requests_app.services.incident_answers import IncidentOutcome, answer_incident
from requests_app.services.incidents import change_incident, end_incident, open_incident, unlink_report
from requests_app.services.refusals import refusal_text
from requests_app.views.edits import attempt
from requests_app.views.gates import actor_who
from requests_app.views.posted import posted

_MOST = 200


@login_required
@require_GET
def incident_list(request: HttpRequest) -> HttpResponse:
    """List the incidents, open ones first."""
    actor = actor_who(request, reads_incidents)
    context = {"rows": incident_rows(actor), "may_edit": keeps_incidents(actor)}
    return render(request, "incidents/list.html", context)


@login_required
@require_GET
def incident_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is known, the reports the reader may read, and the form that answers them."""
    actor, incident = actor_who(request, reads_incidents), _load(pk)
    form = IncidentAnswerForm(initial={"text": incident.text, "text_es": incident.text_es, "disposition": "done"})
    return _page(request, incident, actor, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def incident_new(request: HttpRequest) -> HttpResponse:
    """Open an incident."""
    actor, form = actor_who(request, keeps_incidents), IncidentForm(posted(request))
    if request.method != "POST":
        return render(request, "incidents/form.html", {"form": form})
    if not form.is_valid():
        return render(request, "incidents/form.html", {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    key: UUID = form.cleaned_data["key"] or uuid4()
    incident = open_incident(form.entry(), key=key, actor=actor, at=timezone.now())
    messages.success(request, _("Opened. The log form tells of it from now on."))
    return redirect(incident)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def incident_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is known of an incident."""
    actor, incident, status = actor_who(request, keeps_incidents), _load(pk), HTTPStatus.OK
    form = IncidentForm(posted(request), incident=incident)
    if request.method == "POST":
        status = _save(request, incident, form, actor) if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
        if status == HTTPStatus.OK:
            messages.success(request, _("Saved. Whoever logs a report is shown this from now on."))
            return redirect(incident)
        incident = _load(pk)
    context = {"incident": incident, "form": form, "mark": mark_of(incident)}
    return render(request, "incidents/form.html", context, status=status)


@login_required
@require_POST
def incident_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer every report that is still to be answered, in one act."""
    actor, incident, form = actor_who(request, keeps_incidents), _load(pk), IncidentAnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, incident, actor, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    _tell(request, answer_incident(incident.pk, form.entry(), actor=actor, at=timezone.now()))
    return redirect(incident)


@login_required
@require_POST
def incident_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an incident; its reports stay as they are."""
    actor, incident = actor_who(request, keeps_incidents), _load(pk)
    end_incident(incident.pk, actor=actor, at=timezone.now())
    messages.success(request, _("Closed. The log form tells of it no more; its reports stay as they are."))
    return redirect(incident)


@login_required
@require_POST
def incident_unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a report off its incident: it is about something else."""
    actor, incident = actor_who(request, reads_incidents), _load(pk)
    reports = incident.reports.values("service_request")
    found = get_object_or_404(
        visible_requests(request.user).filter(pk__in=reports), number=request.POST.get("number", "")
    )
    try:
        is_done = unlink_report(request_id=found.pk, actor=actor, at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, refusal_text(refused))
    else:
        said = _("%(number)s is a matter of its own again.") if is_done else _("%(number)s was answered already.")
        messages.success(request, said % {"number": found.number})
    return redirect(incident)


def _page(
    request: HttpRequest, incident: Incident, actor: Actor, form: IncidentAnswerForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    reports = reports_read_by(actor).filter(incident=incident)
    waiting = reports_to_answer(incident, actor).count()
    context = {
        "incident": incident,
        "reports": list(reports.select_related("service_request__customer", "service_request__owner")[:_MOST]),
        "total": reports.count(),
        "waiting": waiting,
        "may_edit": keeps_incidents(actor),
        "form": form,
    }
    return render(request, "incidents/incident.html", context, status=status)


def _tell(request: HttpRequest, outcome: IncidentOutcome) -> None:
    """Say how many were answered, how many of them by e-mail, and what was refused and why."""
    done, parts = len(outcome.answered), []
    if done:
        words = ngettext(
            "%(n)d report answered, %(mailed)d by e-mail.", "%(n)d reports answered, %(mailed)d by e-mail.", done
        )
        parts.append(words % {"n": done, "mailed": outcome.mailed})
    parts += [_("%(count)s not answered: %(why)s") % {"count": n, "why": why} for why, n in outcome.refused.items()]
    if not parts:
        messages.info(request, _("Nothing was left to answer: every report was answered already."))
        return
    level = messages.SUCCESS if done and len(parts) == 1 else messages.WARNING
    messages.add_message(request, level, " ".join(parts))


def _save(request: HttpRequest, incident: Incident, form: IncidentForm, actor: Actor) -> HTTPStatus:
    def save() -> None:
        seen = request.POST.get("seen", "")
        change_incident(incident.pk, form.entry(), seen=seen, actor=actor, at=timezone.now())

    return attempt(form, save) or HTTPStatus.OK


def _load(pk: int) -> Incident:
    return get_object_or_404(Incident.objects.select_related("category", "opened_by"), pk=pk)
