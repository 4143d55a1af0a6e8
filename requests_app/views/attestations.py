"""Rounds of attestations: open one, see who has attested, record signatures on paper, attest oneself (II, III.e)."""

from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from requests_app.domain.attestations import AttestationState
from requests_app.domain.policies import PolicyRefused, policy_lines
from requests_app.domain.vocabulary import Role
from requests_app.forms.attestations import AttestForm, PaperForm, RosterFilterForm, RoundForm
from requests_app.forms.lists import SIZES
from requests_app.models import Attestation, AttestationRound
from requests_app.models.policy_words import ATTESTATION_STATES, policy_refusal_text
from requests_app.selectors.access import Actor
from requests_app.selectors.attestations import (
    ROSTER_READERS,
    AttestedShare,
    RosterLine,
    attestation_rounds,
    check_of,
    departments_of_roster,
    roster_of,
    running_round,
    share_of,
    shares_by_department,
    waits_for,
)
from requests_app.selectors.choices import current_choices
from requests_app.selectors.reports.definitions import defined
from requests_app.services import attestations as services
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.gates import actor_holding, signed_in_employee
from requests_app.views.paging import page_context
from requests_app.views.policy_drafts import save
from requests_app.views.posted import posted
from requests_app.views.report_figures import share_words

# A round a year, or a little more: each is counted on the roster of its own day.
_MOST_ROUNDS = 20


@login_required
@require_http_methods(["GET", "POST"])
def attestation_list(request: HttpRequest) -> HttpResponseBase:
    """List the rounds with what they came to, or write them to a file, and open one."""
    actor, status = actor_holding(request, *(ROSTER_READERS if request.method == "GET" else (Role.HR,))), HTTPStatus.OK
    form = RoundForm(posted(request))
    if request.method == "POST":
        status = save(form, lambda: _open(form, actor))
        if status == HTTPStatus.OK:
            messages.success(request, _("The round is open. Everybody with a login is asked by mail."))
            return redirect("attestation_list")
    small_number = current_choices().small_number
    shown = attestation_rounds()[:_MOST_ROUNDS]
    rows = [(found, _share_row(share_of(_lines(found, actor)), small_number)) for found in shown]
    if request.GET.get("format") == "csv":
        return _rounds_file(request, rows, actor)
    may_open = actor.holds(Role.HR) and running_round() is None
    context = {"rows": rows, "form": form, "may_open": may_open or form.is_bound}
    return render(request, "policies/attestation_rounds.html", context, status=status)


@login_required
@require_GET
def attestation_round(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show the roster of a round, or write what is shown to a file."""
    actor = actor_holding(request, *ROSTER_READERS)
    if request.GET.get("format") == "csv":
        found = get_object_or_404(attestation_rounds(), pk=pk)
        lines = _lines(found, actor)
        shown = RosterFilterForm(request.GET, lines=lines).narrow(lines)
        address = request.get_full_path()
        record_export(actor=actor, address=address, rows=len(shown), at=timezone.now(), of=Attestation)
        heads = [_("Name"), _("Department"), _("Employment"), _("Login"), _("Attest by"), _("State"), _("Attested on")]
        return csv_file(f"attestations-{found.pk}", heads, _cells(shown))
    return _round_page(request, pk, actor)


@login_required
@require_POST
def attestation_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Record signatures on paper."""
    actor = actor_holding(request, Role.HR)
    found = get_object_or_404(attestation_rounds(), pk=pk)
    form = PaperForm(request.POST, waiting=_waiting(_lines(found, actor)))
    recorded: list[int] = []
    status = save(form, lambda: recorded.append(_sign(pk, form, actor)))
    if status != HTTPStatus.OK:
        return _round_page(request, pk, actor, form=form, status=status)
    said = ngettext("%(n)d signature recorded.", "%(n)d signatures recorded.", recorded[0]) % {"n": recorded[0]}
    messages.success(request, said)
    return redirect(found)


@login_required
@require_POST
def attestation_take_back(request: HttpRequest, pk: int, employee_id: int) -> HttpResponse:
    """Take back a signature recorded for the wrong person."""
    actor = actor_holding(request, Role.HR)
    return _act(
        request,
        pk,
        lambda: services.take_back_paper_attestation(pk, employee_id=employee_id, actor=actor, at=timezone.now()),
        _("Taken back."),
    )


@login_required
@require_POST
def attestation_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a round."""
    actor = actor_holding(request, Role.HR)
    return _act(
        request,
        pk,
        lambda: services.close_attestation_round(pk, actor=actor, at=timezone.now()),
        _("Closed. Nobody is asked any more."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def policy_attest(request: HttpRequest) -> HttpResponse:
    """Show the version to attest with its check, and attest it."""
    actor, status = signed_in_employee(request), HTTPStatus.OK
    found = running_round()
    form = AttestForm(posted(request), questions=check_of(found) if found else [])
    if request.method == "POST" and found:
        round_id = found.pk
        status = save(form, lambda: services.attest(round_id, given=form.given(), actor=actor, at=timezone.now()))
        if status == HTTPStatus.OK:
            messages.success(request, _("Attested. Thank you."))
            return redirect("policy_page")
    line = waits_for(actor.employee, today=timezone.localdate()) if actor.employee else None
    lines = policy_lines(found.version.text) if found else []
    context = {"found": found, "line": line, "lines": lines, "form": form, "today": timezone.localdate()}
    return render(request, "policies/attest.html", context, status=status)


def _open(form: RoundForm, actor: Actor) -> object:
    typed = form.cleaned_data
    return services.open_attestation_round(
        version=typed["version"], due_on=typed["due_on"], questions=typed["check"], actor=actor, at=timezone.now()
    )


def _sign(pk: int, form: PaperForm, actor: Actor) -> int:
    typed = form.cleaned_data
    return services.record_paper_attestations(
        pk, employee_ids=typed["people"], attested_on=typed["attested_on"], actor=actor, at=timezone.now()
    )


def _act(request: HttpRequest, pk: int, act: Callable[[], object], said: str) -> HttpResponse:
    found = get_object_or_404(attestation_rounds(), pk=pk)
    try:
        act()
    except PolicyRefused as refused:
        messages.error(request, policy_refusal_text(refused.refusal))
    else:
        messages.success(request, said)
    return redirect(found)


def _round_page(
    request: HttpRequest, pk: int, actor: Actor, *, form: PaperForm | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    found = get_object_or_404(attestation_rounds(), pk=pk)
    lines = _lines(found, actor)
    filters = RosterFilterForm(request.GET, lines=lines)
    shown, may_write = filters.narrow(lines), actor.holds(Role.HR) and found.closed_on is None
    small_number = current_choices().small_number
    page = Paginator(shown, SIZES[1]).get_page(request.GET.get("page"))
    context = {
        "found": found,
        "total": _share_row(share_of(lines), small_number),
        "departments": [_share_row(share, small_number) for share in shares_by_department(lines)],
        "lines": page.object_list,
        "found_n": len(shown),
        **_paging(found, page, filters.params()),
        "states": ATTESTATION_STATES,
        "filters": filters,
        "may_write": may_write,
        "form": form or (PaperForm(waiting=_waiting(lines)) if may_write else None),
        "is_whole": departments_of_roster(actor) is None,
        "definitions": defined("policy-signed", choices=current_choices()),
    }
    return render(request, "policies/attestation_round.html", context, status=status)


def _paging(found: AttestationRound, page: Page[RosterLine], params: dict[str, str]) -> dict[str, str]:
    """Give the addresses of the pages and of the file, whole: the page also answers to what is posted elsewhere."""
    url, paging = found.get_absolute_url(), page_context(page, params)
    addresses = {name: paging[name] for name in ("previous_url", "next_url", "csv_url", "clear_url")}
    return {"shown": paging["shown"], **{name: f"{url}{query}" if query else "" for name, query in addresses.items()}}


def _lines(found: Any, actor: Actor) -> list[RosterLine]:
    return roster_of(found, today=timezone.localdate(), department_ids=departments_of_roster(actor))


def _waiting(lines: list[RosterLine]) -> list[RosterLine]:
    return [line for line in lines if line.state is not AttestationState.ATTESTED]


def _share_row(share: AttestedShare, small_number: int) -> dict[str, Any]:
    return {"share": share, "words": share_words(share.attested, share.n, small_number=small_number)}


def _rounds_file(request: HttpRequest, rows: list[Any], actor: Actor) -> HttpResponseBase:
    at, address = timezone.now(), request.get_full_path()
    record_export(actor=actor, address=address, rows=len(rows), at=at, of=AttestationRound)
    heads = [_("Version"), _("Opened"), _("Attest by"), _("Closed"), _("Attested"), _("Overdue"), "n", _("Share")]
    cells = (
        [
            found.version.number, found.opened_on, found.due_on, found.closed_on or "", row["share"].attested,
            row["share"].overdue, row["share"].n, row["words"],
        ]
        for found, row in rows
    )  # fmt: skip
    return csv_file("attestation-rounds", heads, cells)


def _cells(lines: list[RosterLine]) -> Iterator[list[object]]:
    for line in lines:
        person = line.employee
        how = _("on paper") if line.is_on_paper else ""
        yield [
            person.name, person.department.name, person.get_employment_display(),
            _("yes") if person.user_id else _("no"), line.due_on, ATTESTATION_STATES[line.state],
            f"{line.attested_on} {how}".strip() if line.attested_on else "",
        ]  # fmt: skip
