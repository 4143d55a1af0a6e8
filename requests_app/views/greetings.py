"""The page of one absence's greetings, and what is done there (III.b.ii.5)."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from requests_app.domain.greetings import TextKey
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.forms.greetings import LIST, GreetingTextForm
from requests_app.models import Absence
from requests_app.selectors.access import Actor, actor_for
from requests_app.selectors.greeting_lists import READERS
from requests_app.selectors.greeting_page import greeting_page
from requests_app.selectors.greetings import absences_with_greetings, greeting_rights
from requests_app.services.refusals import refusal_text
from requests_app.views.greeting_verbs import GREETING_VERBS

_FORBIDDEN = (Refusal.GREETING_NOT_YOURS, Refusal.OWN_GREETING)
_Act = Callable[[Actor, datetime], object]


@login_required
@require_GET
def greeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the texts, what each lacks, and where they stand."""
    return _page(request, _load(request, pk))


@login_required
@require_POST
def act_on_greeting(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Do what one row of the table of verbs says; a wrong form shows the page with what was typed."""
    absence, row = _load(request, pk), GREETING_VERBS[verb]
    form = row.form(request.POST)
    if not form.is_valid():
        return _page(request, absence, wrong=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _done(request, absence, lambda actor, at: row.run(absence, form, actor, at), str(row.said(form)))


def _load(request: HttpRequest, pk: int) -> Absence:
    """Load an absence whose greetings one may set; of a removed one only what is still up."""
    absence = get_object_or_404(absences_with_greetings(), pk=pk)
    is_gone = absence.removed_at is not None and not any(row.first_set_at for row in absence.greetings.all())
    if is_gone or not greeting_rights(actor_for(request.user), absence.employee).sets:
        raise Http404
    return absence


def _done(request: HttpRequest, absence: Absence, act: _Act, said: str) -> HttpResponse:
    """Act, say so, and go on where one came from; a refusal is said on the page."""
    try:
        act(actor_for(request.user), timezone.now())
    except ActionRefused as refused:
        status = HTTPStatus.FORBIDDEN if refused.refusal in _FORBIDDEN else HTTPStatus.CONFLICT
        messages.error(request, refusal_text(refused))
        return _page(request, _load(request, absence.pk), status=status)
    messages.success(request, said)
    if request.POST.get("back") == LIST:
        return redirect("greeting_list")
    return redirect("greeting", pk=absence.pk)


def _page(
    request: HttpRequest, absence: Absence, *, wrong: Form | None = None, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    actor = actor_for(request.user)
    page = greeting_page(absence, actor, now=timezone.now())
    context = {
        "may_list": actor.holds(*READERS),
        "page": page,
        "texts": [(view, _text_form(view.key, view.text, view.name, wrong)) for view in page.texts],
        "wrong_name": _name_of(wrong),
        "form": wrong,
    }
    return render(request, "greetings/greeting.html", context, status=status)


def _text_form(key: TextKey, text: str, name: str, wrong: Form | None) -> Form:
    if wrong is not None and _name_of(wrong) == name:
        return wrong
    initial = {"kind": key[0].value, "language": key[1], "text": text}
    return GreetingTextForm(initial=initial, auto_id=f"id_{name}_%s")


def _name_of(wrong: Form | None) -> str:
    """Give the name of the text whose form is wrong, if it is such a form."""
    if not isinstance(wrong, GreetingTextForm):
        return ""
    return f"{wrong.data.get('kind', '')}-{wrong.data.get('language', '')}"
