"""Questions about the policy: everybody asks and reads their own; Human Resources answer them all (III.f)."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from requests_app.domain.refusals import ActionRefused
from requests_app.domain.vocabulary import Role
from requests_app.forms.staff_questions import AnswerForm, AskedFilterForm, AskForm
from requests_app.models import StaffQuestion
from requests_app.selectors.policies import policy_contact
from requests_app.selectors.staff_questions import (
    CONTACT_KEY,
    all_questions,
    asked_between,
    contact_confirmed,
    is_contact_due,
    questions_of,
)
from requests_app.services.confirmations import confirm
from requests_app.services.exports import record_export
from requests_app.services.refusals import refusal_text
from requests_app.services.staff_questions import answer_question, ask_question
from requests_app.views.csv_files import csv_file
from requests_app.views.gates import actor_holding, signed_in_employee
from requests_app.views.posted import posted

_MOST = 200


@login_required
@require_http_methods(["GET", "POST"])
def question_ask(request: HttpRequest) -> HttpResponse:
    """Take a question, and show what the reader asked so far with the answers."""
    actor, status = signed_in_employee(request), HTTPStatus.OK
    form = AskForm(posted(request))
    if request.method == "POST":
        if form.is_valid():
            ask_question(**form.cleaned_data, actor=actor, at=timezone.now())
            messages.success(request, gettext("Asked. Human Resources answer here; only they and you read it."))
            return redirect("question_ask")
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {"form": form, "questions": questions_of(actor)[:_MOST], "contact": policy_contact()}
    return render(request, "questions/ask.html", context, status=status)


@login_required
@require_GET
def question_list(request: HttpRequest) -> HttpResponseBase:
    """Show all questions to Human Resources, or write them to a file."""
    actor = actor_holding(request, Role.HR)
    if request.GET.get("format") == "csv":
        rows = list(_asked(request))
        at = timezone.now()
        record_export(actor=actor, address=request.get_full_path(), rows=len(rows), at=at, of=StaffQuestion)
        heads = [gettext("Asked"), gettext("Clause"), gettext("Question"), gettext("Answered"), gettext("Answer")]
        return csv_file("questions-about-the-policy", heads, (_cells(row) for row in rows))
    return _list(request)


@login_required
@require_POST
def question_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a question."""
    actor = actor_holding(request, Role.HR)
    get_object_or_404(all_questions(), pk=pk)
    form = AnswerForm(request.POST, auto_id=f"id_{pk}_%s")
    if not form.is_valid():
        return _list(request, wrong=(pk, form), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        answer_question(pk, answer=form.cleaned_data["answer"], actor=actor, at=timezone.now())
    except ActionRefused as refused:
        form.add_error(None, refusal_text(refused))
        return _list(request, wrong=(pk, form), status=HTTPStatus.CONFLICT)
    messages.success(request, gettext("Answered; whoever asked reads it on their page."))
    return redirect("question_list")


@login_required
@require_POST
def contact_confirm(request: HttpRequest) -> HttpResponse:
    """Say that the contact on the policy page is right; asked for once a year."""
    actor = actor_holding(request, Role.HR)
    confirm(CONTACT_KEY, actor=actor, at=timezone.now())
    messages.success(request, gettext("Confirmed. It is asked again in a year."))
    return redirect("question_list")


def _asked(request: HttpRequest) -> Any:
    form = AskedFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    rows = asked_between(all_questions(), asked.get("from"), asked.get("to"))
    if asked.get("state"):
        rows = rows.filter(answered_at__isnull=asked["state"] == "open")
    return rows


def _list(
    request: HttpRequest, *, wrong: tuple[int, AnswerForm] | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    rows = _asked(request)
    now, confirmed = timezone.now(), contact_confirmed()
    shown = [(row, _form_of(row, wrong)) for row in rows[:_MOST]]
    context = {
        "filters": AskedFilterForm(request.GET or None),
        "form": wrong[1] if wrong else None,
        "clear_url": reverse("question_list") if request.GET else "",
        "csv_url": f"{reverse('question_list')}?{request.GET.urlencode()}&format=csv",
        "total": rows.count(),
        "rows": shown,
        "contact": policy_contact(),
        "confirmed": confirmed,
        "is_contact_due": is_contact_due(confirmed, now=now),
    }
    return render(request, "questions/list.html", context, status=status)


def _form_of(row: StaffQuestion, wrong: tuple[int, AnswerForm] | None) -> AnswerForm | None:
    if wrong and wrong[0] == row.pk:
        return wrong[1]
    return AnswerForm(auto_id=f"id_{row.pk}_%s") if row.answered_at is None else None


def _cells(row: StaffQuestion) -> list[object]:
    answered = f"{timezone.localtime(row.answered_at):%Y-%m-%d}" if row.answered_at else ""
    return [f"{timezone.localtime(row.asked_at):%Y-%m-%d}", row.clause, row.question, answered, row.answer]
