"""The yearly review of the policy: its countdown, its rounds, and the questions kept for it (III.e)."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from requests_app.domain.vocabulary import Role
from requests_app.forms.policies import CompleteReviewForm, QuestionAnswerForm, QuestionForm
from requests_app.selectors.policies import policy_draft
from requests_app.selectors.policy_reviews import (
    ASKERS,
    REVIEW_READERS,
    open_policy_questions,
    open_review,
    policy_questions,
    policy_reviews,
    review_countdown,
)
from requests_app.services.policy_reviews import (
    answer_policy_question,
    complete_policy_review,
    open_policy_review,
    raise_policy_question,
)
from requests_app.views.gates import actor_holding
from requests_app.views.policy_drafts import save
from requests_app.views.policy_evidence import PACKET_READERS, packet_of
from requests_app.views.policy_files import questions_file, reviews_file
from requests_app.views.posted import posted

_MOST = 200


@login_required
@require_GET
def policy_review_list(request: HttpRequest) -> HttpResponseBase:
    """Show when the next review is due, and the rounds so far, or write these to a file."""
    actor = actor_holding(request, *REVIEW_READERS)
    if request.GET.get("format") == "csv":
        return reviews_file(request, actor)
    context = {
        "due": review_countdown(timezone.localdate()),
        "running": open_review(),
        "reviews": policy_reviews(),
        "open_questions": open_policy_questions().count(),
        "may_write": actor.holds(Role.HR),
        "may_ask": actor.holds(*ASKERS),
    }
    return render(request, "policies/reviews.html", context)


@login_required
@require_POST
def policy_review_open(request: HttpRequest) -> HttpResponse:
    """Open the review that is due next."""
    actor = actor_holding(request, Role.HR)
    review = open_policy_review(actor=actor, at=timezone.now())
    messages.success(request, _("The review is open. What it is to look at is gathered here."))
    return redirect(review)


@login_required
@require_GET
def policy_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one round with what it is to look at."""
    return _review_page(request, pk)


@login_required
@require_POST
def policy_review_complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Complete a round with its outcome."""
    actor = actor_holding(request, Role.HR)
    review = get_object_or_404(policy_reviews(), pk=pk)
    form = CompleteReviewForm(request.POST)
    status = save(form, lambda: complete_policy_review(pk, **form.cleaned_data, actor=actor, at=timezone.now()))
    if status != HTTPStatus.OK:
        return _review_page(request, pk, form=form, status=status)
    messages.success(request, _("Completed. The next one is due twelve months from that day."))
    return redirect(review)


@login_required
@require_http_methods(["GET", "POST"])
def policy_question_list(request: HttpRequest) -> HttpResponseBase:
    """Show the questions kept for the next review, or write them to a file, and take a new one."""
    actor, status = actor_holding(request, *ASKERS), HTTPStatus.OK
    if request.GET.get("format") == "csv":
        return questions_file(request, actor)
    form = QuestionForm(posted(request))
    if request.method == "POST":
        status = save(form, lambda: raise_policy_question(**form.cleaned_data, actor=actor, at=timezone.now()))
        if status == HTTPStatus.OK:
            messages.success(request, _("Kept for the next review."))
            return redirect("policy_question_list")
    return _questions_page(request, form=form, status=status)


@login_required
@require_POST
def policy_question_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a question."""
    actor = actor_holding(request, Role.HR)
    asked = get_object_or_404(policy_questions(), pk=pk)
    form = QuestionAnswerForm(request.POST, auto_id=f"id_{pk}_%s")
    status = save(
        form, lambda: answer_policy_question(pk, answer=form.cleaned_data["answer"], actor=actor, at=timezone.now())
    )
    if status != HTTPStatus.OK:
        return _questions_page(request, form=QuestionForm(), wrong=(asked.pk, form), status=status)
    messages.success(request, _("Answered."))
    return redirect("policy_question_list")


def _review_page(
    request: HttpRequest, pk: int, *, form: CompleteReviewForm | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    actor = actor_holding(request, *PACKET_READERS)
    review = get_object_or_404(policy_reviews(), pk=pk)
    may_complete = actor.holds(Role.HR) and review.completed_on is None
    context = {
        "review": review,
        "questions": open_policy_questions()[:_MOST],
        **packet_of(review, actor=actor, now=timezone.now()),
        "draft": policy_draft() if actor.holds(Role.HR) else None,
        "form": form or (CompleteReviewForm() if may_complete else None),
        "may_complete": may_complete,
    }
    return render(request, "policies/review.html", context, status=status)


def _questions_page(
    request: HttpRequest,
    *,
    form: QuestionForm,
    wrong: tuple[int, QuestionAnswerForm] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    actor = actor_holding(request, *ASKERS)
    may_answer = actor.holds(Role.HR)
    shown = list(policy_questions()[:_MOST])
    rows = [
        (asked, _answer_form(asked.pk, wrong) if may_answer and asked.answered_at is None else None) for asked in shown
    ]
    context = {"ask": form, "form": wrong[1] if wrong else form, "rows": rows, "open": _open(shown)}
    context["most"] = _MOST if len(shown) == _MOST else 0
    return render(request, "policies/questions.html", context, status=status)


def _open(shown: list[Any]) -> int:
    return sum(asked.answered_at is None for asked in shown)


def _answer_form(pk: int, wrong: tuple[int, QuestionAnswerForm] | None) -> QuestionAnswerForm:
    return wrong[1] if wrong and wrong[0] == pk else QuestionAnswerForm(auto_id=f"id_{pk}_%s")
