"""Answers that colleagues share: the list, one of them with its versions, and sharing or changing one (III.b.iv.4)."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from requests_app.domain.periods import Period
from requests_app.domain.shared_answers import is_stale
from requests_app.forms.lists import SIZES
from requests_app.forms.shared_answers import SharedAnswerFilterForm, SharedAnswerForm
from requests_app.models import SharedAnswer
from requests_app.selectors.shared_answers import may_change_answer, shared_answers, sharing_counts
from requests_app.services.exports import record_export
from requests_app.services.shared_answers import TitleTaken, change_shared_answer, share_answer
from requests_app.views.csv_files import csv_file
from requests_app.views.edits import attempt
from requests_app.views.gates import signed_in_employee
from requests_app.views.paging import page_context
from requests_app.views.posted import posted

_HEADINGS = ("title", "category", "owner", "review_by", "english", "spanish", "version", "used", "in_use")
_HOLDS_FOR = timedelta(days=365)
_COUNTED = timedelta(days=90)


@login_required
@require_GET
def shared_answer_list(request: HttpRequest) -> HttpResponseBase:
    """List the answers that fit, with what was shared and used lately."""
    actor, today = signed_in_employee(request), timezone.localdate()
    form = SharedAnswerFilterForm(request.GET)
    found = shared_answers(form.filters(), today=today)
    if request.GET.get("format") == "csv":
        record_export(
            actor=actor, address=request.get_full_path(), rows=found.count(), at=timezone.now(), of=SharedAnswer
        )
        return csv_file("answers", _HEADINGS, _cells(found))
    page = Paginator(found, form.cleaned_data.get("size") or SIZES[0]).get_page(request.GET.get("page"))
    context = {
        "rows": [(row, is_stale(row.review_by, today)) for row in page.object_list],
        "filters": form,
        "counts": sharing_counts(Period(today - _COUNTED, today)),
        "days": _COUNTED.days,
        **page_context(page, form.params()),
    }
    return render(request, "shared_answers/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def shared_answer_new(request: HttpRequest) -> HttpResponse:
    """Share an answer."""
    actor, status, today = signed_in_employee(request), HTTPStatus.OK, timezone.localdate()
    form = SharedAnswerForm(posted(request), initial={"owner": actor.employee_id, "review_by": today + _HOLDS_FOR})
    if request.method == "POST":
        status = _save(form, lambda: share_answer(form.entry(), actor=actor, at=timezone.now()))
        if status == HTTPStatus.OK:
            messages.success(request, gettext("Shared. Whoever answers a request is offered it from now on."))
            return redirect("shared_answer_list")
    return render(request, "shared_answers/form.html", {"form": form}, status=status)


@login_required
@require_GET
def shared_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an answer with every version there was."""
    actor, answer = signed_in_employee(request), _load(pk)
    context = {
        "answer": answer,
        "is_stale": is_stale(answer.review_by, timezone.localdate()),
        "may_change": may_change_answer(actor, answer),
        "use_count": answer.uses.count(),
        "revisions": answer.revisions.select_related("saved_by"),
    }
    return render(request, "shared_answers/detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def shared_answer_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change or retire an answer; whoever saves second is shown what the first one saved."""
    actor, answer, status = signed_in_employee(request), _load(pk), HTTPStatus.OK
    if not may_change_answer(actor, answer):
        raise PermissionDenied
    form = SharedAnswerForm(posted(request), answer=answer)
    if request.method == "POST":

        def save() -> None:
            seen = form.cleaned_data["version"]
            change_shared_answer(pk, form.entry(), seen=seen, actor=actor, at=timezone.now())

        status = _save(form, save)
        if status == HTTPStatus.OK:
            messages.success(request, gettext("Saved. Replies sent before stay as they were."))
            return redirect(answer)
    if status == HTTPStatus.CONFLICT:
        form.add_error(None, " ".join(form.differences()))
        form.read_again()
    return render(request, "shared_answers/form.html", {"form": form, "answer": answer}, status=status)


def _load(pk: int) -> SharedAnswer:
    return get_object_or_404(SharedAnswer.objects.select_related("owner__department", "category"), pk=pk)


def _save(form: SharedAnswerForm, save: Callable[[], object]) -> HTTPStatus:
    """Save what was typed; where that is refused, say why on the form."""
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        return attempt(form, save) or HTTPStatus.OK
    except TitleTaken:
        form.refuse_title()
        return HTTPStatus.UNPROCESSABLE_ENTITY


def _cells(rows: Iterable[SharedAnswer]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.title,
            row.category.name if row.category else "",
            row.owner.name,
            row.review_by.isoformat(),
            row.texts.get("en", ""),
            row.texts.get("es", ""),
            row.version,
            getattr(row, "use_count", 0),
            "yes" if row.is_active else "no",
        ]
