"""Sealed packets of closed months: have one sealed, look at it, fetch it, have it made again and compared."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from requests_app.domain.periods import Month
from requests_app.domain.vocabulary import Role
from requests_app.forms.packets import PacketForm
from requests_app.models import BackgroundJob, Packet
from requests_app.selectors.jobs import latest_job, unfinished_job
from requests_app.selectors.packets import READERS, closed_months, kept_until, packets
from requests_app.services.packets import REMAKE_JOB, SEAL_JOB, ask_for_packet, ask_to_remake, record_packet_fetched
from requests_app.views.file_answers import bytes_answer
from requests_app.views.gates import actor_holding

_CHANGES_SHOWN = 200


@login_required
@require_http_methods(["GET", "POST"])
def packet_list(request: HttpRequest) -> HttpResponse:
    """List the packets; Human Resources has a closed month sealed here."""
    actor = actor_holding(request, *(READERS if request.method == "GET" else (Role.HR,)))
    now = timezone.now()
    form = PacketForm(request.POST if request.method == "POST" else None, months=closed_months(now))
    if form.is_valid():
        ask_for_packet(month=Month.parse(form.cleaned_data["month"]), actor=actor, at=now)
        messages.success(request, gettext("Being sealed. The packet is here in a moment; you can leave this page."))
        return redirect("packet_list")
    context = {
        "packets": [{"packet": each, "month": month_words(each.month)} for each in packets()],
        "form": form if actor.holds(Role.HR) else None,
        "job": unfinished_job(SEAL_JOB),
        "last": _last_sealing(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "packets/list.html", context, status=status)


@login_required
@require_GET
def packet(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is sealed in a packet, what its audit binding is, and what changed since the revision before."""
    actor = actor_holding(request, *READERS)
    found = get_object_or_404(packets(), pk=pk)
    figures, clocks = (found.changes.get(name, []) for name in ("figures", "clocks"))
    context = {
        "packet": found,
        "month": month_words(found.month),
        "kept_until": kept_until(found),
        "figures": figures[:_CHANGES_SHOWN],
        "clocks": clocks[:_CHANGES_SHOWN],
        "counts": {"figures": len(figures), "clocks": len(clocks), "shown": _CHANGES_SHOWN},
        "report_url": _report_url(found),
        "job": latest_job(REMAKE_JOB, parameters={"packet_id": found.pk}),
        "may_remake": actor.holds(Role.HR, Role.AUDITOR),
    }
    return render(request, "packets/packet.html", context)


@login_required
@require_GET
def packet_fetch(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a packet; that it was fetched is recorded first."""
    actor = actor_holding(request, *READERS)
    found = get_object_or_404(Packet, pk=pk)
    record_packet_fetched(found, actor=actor, at=timezone.now())
    return bytes_answer(bytes(found.content), name=found.name, content_type="application/zip")


@login_required
@require_POST
def packet_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a packet made again from the data of today and compared byte by byte; nothing is kept of it."""
    actor = actor_holding(request, Role.HR, Role.AUDITOR)
    found = get_object_or_404(packets(), pk=pk)
    ask_to_remake(found, actor=actor, at=timezone.now())
    return redirect(found)


def month_words(month: str) -> str:
    """Say a month in words."""
    return date_format(Month.parse(month).first_on, "F Y")


def _last_sealing() -> dict[str, Any]:
    """Say what came of the last sealing that was asked for: a new packet, the one there was, or nothing."""
    job = BackgroundJob.objects.filter(kind=SEAL_JOB).order_by("-pk").first()
    if job is None:
        return {}
    return {"job": job, "month": month_words(str(job.parameters["month"])), "is_new": job.result.get("is_new")}


def _report_url(found: Packet) -> str:
    month = Month.parse(found.month)
    last_day = timezone.localdate(found.as_of - timedelta(microseconds=1))
    asked = {"from": str(month.first_on), "to": str(month.last_on), "as_of": str(last_day)}
    return f"{reverse('compliance')}?{urlencode(asked)}"
