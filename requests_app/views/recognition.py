"""Recognition: thank a colleague, read one's thanks, see the awards, take back what was in error (III.d.iii)."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from requests_app.domain.recognition import RecognitionKind
from requests_app.forms.recognition import AwardForm, TakeBackForm, ThanksForm
from requests_app.selectors.recognition import KEEPERS, as_lines, may_withdraw, newest_awards, thanks_for
from requests_app.selectors.reports.scope import may_read_reports
from requests_app.services.recognition import give_award, thank_colleague, withdraw_recognition
from requests_app.views.gates import actor_holding, signed_in_employee
from requests_app.views.posted import posted


@login_required
@require_GET
def recognition(request: HttpRequest) -> HttpResponse:
    """Show what colleagues thanked one for, whom one thanked, and the awards of all staff."""
    actor = signed_in_employee(request)
    got, gave = thanks_for(actor)
    context = {
        "got": got,
        "gave": gave,
        "awards": newest_awards(),
        "may_award": actor.holds(*KEEPERS),
        "may_read_register": may_read_reports(actor),
    }
    return render(request, "recognition/mine.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recognition_thank(request: HttpRequest) -> HttpResponse:
    """Thank a colleague."""
    actor, status = signed_in_employee(request), HTTPStatus.OK
    form = ThanksForm(posted(request), actor=actor)
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            typed = form.cleaned_data
            thank_colleague(employee_id=typed["person"], text=typed["text"], actor=actor, at=timezone.now())
            messages.success(request, gettext("Thanked. They were told, and whoever leads them."))
            return redirect("recognition")
    return render(request, "recognition/thank.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def award_new(request: HttpRequest) -> HttpResponse:
    """Record an award."""
    actor, status = actor_holding(request, *KEEPERS), HTTPStatus.OK
    form = AwardForm(posted(request), today=timezone.localdate())
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            give_award(form.entry(), actor=actor, at=timezone.now())
            messages.success(request, gettext("Recorded. They were told, and all staff sees it here."))
            return redirect("recognition")
    return render(request, "recognition/award.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recognition_withdraw(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Take back thanks, a commendation or an award given in error, with the reason."""
    if kind not in set(RecognitionKind):
        raise Http404(kind)
    which, actor, status = RecognitionKind(kind), signed_in_employee(request), HTTPStatus.OK
    row = get_object_or_404(may_withdraw(actor, which), pk=pk)
    form = TakeBackForm(posted(request))
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            withdraw_recognition(which, row.pk, reason=reason, actor=actor, at=timezone.now())
            messages.success(request, gettext("Taken back. It counts no longer, and stays on record."))
            return redirect(_back_from(which))
    (line,) = as_lines(which, [row])
    context = {"form": form, "line": line, "back_url": reverse(_back_from(which))}
    return render(request, "recognition/withdraw.html", context, status=status)


def _back_from(kind: RecognitionKind) -> str:
    return "commendations" if kind is RecognitionKind.COMMENDATION else "recognition"
