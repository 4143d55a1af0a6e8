"""The page a resident answers on: no sign-in, no name, no word of the request, and opening it changes nothing.

Scanners of mail open every link, so only a form that is sent in with its token records anything (III.c.ii).
"""

from collections.abc import Mapping
from http import HTTPStatus

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from requests_app.domain.guesses import GuessCounter
from requests_app.domain.notice_texts import LANGUAGES
from requests_app.domain.surveys import POSTS_FROM_ADDRESS, POSTS_WINDOW
from requests_app.forms.surveys import SurveyForm
from requests_app.models import SurveyInvitation
from requests_app.selectors.survey_links import invitation_by, takes_answer
from requests_app.services.guesses import TooManyGuesses, count_guess
from requests_app.services.surveys import AnswerGiven, Receipt, language_of, record_survey_answer, stop_asking

_PAGE_METHODS = ["GET", "HEAD", "POST"]
_NAMES = {"en": "English", "es": "Español"}  # each in its own language
_GOOD = ("thanks", "already", "stopped")
_SAID: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "thanks": (
        _("Thank you"),
        _("Your answer was received. It is kept without your name and helps the city to do better."),
    ),
    "already": (
        _("Thank you, we have it already"),
        _("An answer was received with this link before. Each link works once, so nothing was added."),
    ),
    "over": (
        _("This link does not work any more"),
        _("Each link works once and for a limited time. You need not do anything. You can always call or write to us."),
    ),
    "busy": (
        _("Too many answers from this connection"),
        _("Please wait ten minutes and send it again. Go back in your browser: what you ticked is still there."),
    ),
    "stopped": (
        _("We will not ask again"),
        _("You will get no more of these mails. Answers to your requests reach you as before."),
    ),
}


@never_cache
@require_http_methods(_PAGE_METHODS)
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """Show the questions, or take the answers once."""
    invitation = invitation_by(token)
    with translation.override(_language(request, invitation)):
        if request.method == "POST":
            return _take(request, token, invitation)
        if invitation is None or not takes_answer(invitation, now=timezone.now()):
            return _say(request, "over", status=HTTPStatus.GONE)
        return _ask(request, SurveyForm())


@never_cache
@require_safe
def survey_thanks(request: HttpRequest) -> HttpResponse:
    """Say thanks, at an address that leads nowhere else."""
    with translation.override(_language(request, None)):
        return _say(request, "thanks")


@never_cache
@require_http_methods(_PAGE_METHODS)
def survey_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether somebody wants no more of it; the button does it."""
    invitation = invitation_by(token)
    with translation.override(_language(request, invitation)):
        if invitation is None:
            return _say(request, "over", status=HTTPStatus.GONE)
        if request.method != "POST":
            return render(request, "surveys/stop.html")
        stop_asking(token=token, at=timezone.now())
        return _say(request, "stopped")


def _take(request: HttpRequest, token: str, invitation: SurveyInvitation | None) -> HttpResponse:
    """Keep what was sent in; a link that is used up or over gets its words whatever was ticked."""
    now = timezone.now()
    try:
        count_guess([_counter(request)], at=now)
    except TooManyGuesses:
        return _say(request, "busy", status=HTTPStatus.TOO_MANY_REQUESTS)
    form = SurveyForm(request.POST)
    is_complete = form.is_valid()
    if not is_complete and invitation is not None and takes_answer(invitation, now=now):
        return _ask(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    receipt = record_survey_answer(token=token, given=form.given if is_complete else AnswerGiven(), at=now)
    if receipt is Receipt.RECORDED:
        return redirect(f"{reverse('survey_thanks')}?language={translation.get_language()}")
    if receipt is Receipt.ALREADY:
        return _say(request, "already")
    return _say(request, "over", status=HTTPStatus.GONE)


def _ask(request: HttpRequest, form: SurveyForm, *, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    other = next(language for language in LANGUAGES if language != translation.get_language())
    context = {"form": form, "other": other, "other_name": _NAMES[other]}
    return render(request, "surveys/ask.html", context, status=status)


def _say(request: HttpRequest, what: str, *, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    title, text = _SAID[what]
    return render(request, "surveys/said.html", {"title": title, "text": text, "is_good": what in _GOOD}, status=status)


def _language(request: HttpRequest, invitation: SurveyInvitation | None) -> str:
    """Give the language asked for in the address, else that of whoever was invited."""
    asked = request.GET.get("language", "")
    if asked in LANGUAGES:
        return asked
    return language_of(invitation) if invitation else LANGUAGES[0]


def _counter(request: HttpRequest) -> GuessCounter:
    address = get_adapter(request).get_client_ip(request)
    return GuessCounter(f"survey address {address}", POSTS_FROM_ADDRESS, POSTS_WINDOW)
