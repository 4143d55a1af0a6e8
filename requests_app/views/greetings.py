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
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from requests_app.domain.greetings import Element, TextKey
from requests_app.domain.workflow import ActionRefused, Refusal
from requests_app.forms.greetings import LIST, CheckForm, DeclineForm, GreetingTextForm, SetForm, TextKeyForm, WriteForm
from requests_app.models import Absence
from requests_app.selectors.access import Actor, actor_for
from requests_app.selectors.greeting_lists import READERS
from requests_app.selectors.greeting_page import greeting_page
from requests_app.selectors.greetings import GreetingDesk, absences_with_greetings, greeting_rights
from requests_app.services import greetings as services
from requests_app.services.refusals import refusal_text

_FORBIDDEN = (Refusal.GREETING_NOT_YOURS, Refusal.OWN_GREETING)
_Act = Callable[[Actor, datetime], object]


@login_required
@require_GET
def greeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the texts, what each lacks, and where they stand."""
    return _page(request, _load(request, pk))


@login_required
@require_POST
def greeting_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a text as it was worded; what was typed stays where it is refused."""
    absence = _load(request, pk)
    form = GreetingTextForm(request.POST, auto_id=f"id_{request.POST.get('kind')}-{request.POST.get('language')}_%s")
    if not form.is_valid():
        return _page(request, absence, wrong=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    text = form.cleaned_data["text"]
    return _done(
        request,
        absence,
        lambda actor, at: services.change_greeting(absence_id=pk, key=form.key, text=text, actor=actor, at=at),
        _("Text kept. Set it on the telephone or in the mail, then press “All set”."),
    )


@login_required
@require_POST
def greeting_write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write texts from the register: all anew, or Spanish, or a voicemail for colleagues besides."""
    absence, form = _load(request, pk), WriteForm(request.POST)
    if not form.is_valid():
        return _page(request, absence, wrong=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    keys = form.keys(list(GreetingDesk().texts(absence)))
    return _done(
        request,
        absence,
        lambda actor, at: services.write_greetings(absence_id=pk, keys=keys, actor=actor, at=at),
        _("Written from the directory and the absence."),
    )


@login_required
@require_POST
def greeting_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave out a text no absence needs."""
    absence, form = _load(request, pk), TextKeyForm(request.POST)
    if not form.is_valid():
        return _page(request, absence, wrong=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _done(
        request,
        absence,
        lambda actor, at: services.drop_greeting(absence_id=pk, key=form.key, actor=actor, at=at),
        _("Left out."),
    )


@login_required
@require_POST
def greeting_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why an element is left out, or take that back."""
    absence, form = _load(request, pk), DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, absence, wrong=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    element, reason = Element(form.cleaned_data["element"]), form.cleaned_data["reason"]
    return _done(
        request,
        absence,
        lambda actor, at: services.decline_element(absence_id=pk, element=element, reason=reason, actor=actor, at=at),
        _("Reason kept.") if reason else _("Reason taken back."),
    )


@login_required
@require_POST
def greeting_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that every text is set."""
    absence, form = _load(request, pk), SetForm(request.POST)
    if not form.is_valid():
        return _page(request, absence, wrong=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    version = form.cleaned_data["version"]
    return _done(
        request,
        absence,
        lambda actor, at: services.set_greetings(absence_id=pk, version=version, actor=actor, at=at),
        _("All set. On the day of return you are asked to take it down."),
    )


@login_required
@require_POST
def greeting_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what whoever leads them heard and read."""
    absence, form = _load(request, pk), CheckForm(request.POST)
    if not form.is_valid():
        return _page(request, absence, wrong=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    is_right = form.cleaned_data["is_right"]
    return _done(
        request,
        absence,
        lambda actor, at: services.check_greetings(absence_id=pk, is_right=is_right, actor=actor, at=at),
        _("Recorded: found right.") if is_right else _("Recorded: not right. It has to be set anew."),
    )


@login_required
@require_POST
def greeting_clear(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the texts were taken down."""
    return _done(
        request,
        _load(request, pk),
        lambda actor, at: services.clear_greetings(absence_id=pk, actor=actor, at=at),
        _("Taken down. Welcome back."),
    )


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
