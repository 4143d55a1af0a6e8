"""The slip for somebody without e-mail: a square code and the address typed out (III.c.ii)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from requests_app.domain.surveys import SurveyRoute, why_not_asked
from requests_app.models import SurveyInvitation
from requests_app.models.survey_words import UNASKED
from requests_app.selectors.access import actor_for
from requests_app.selectors.survey_links import invitation_about, link_of
from requests_app.selectors.surveys import matter_of
from requests_app.selectors.visibility import requests_read_by
from requests_app.services.surveys import AskedLately, NotAsked, language_of, make_survey_slip
from requests_app.views.qr_codes import qr_code


@login_required
@require_http_methods(["GET", "POST"])
def survey_slip(request: HttpRequest, number: str) -> HttpResponse:
    """Show the slip of a closed request, or why there is none; make it, once."""
    actor = actor_for(request.user)
    found = get_object_or_404(requests_read_by(actor), number=number)
    if request.method == "POST":
        try:
            make_survey_slip(request_id=found.pk, actor=actor, at=timezone.now())
        except AskedLately:
            messages.info(request, _("This person was asked not long ago, or wants no more of it."))
        except NotAsked as refused:
            messages.info(request, str(UNASKED[refused.reason]))
        return redirect("request_survey", found.number)
    invitation = invitation_about(found)
    if invitation is not None and invitation.route == SurveyRoute.SLIP:
        return _slip(request, invitation)
    reason = why_not_asked(matter_of(found), route=SurveyRoute.SLIP)
    by_mail = _("They were asked by mail already.") if invitation else ""
    context = {"service_request": found, "why_not": by_mail or (UNASKED[reason] if reason else "")}
    return render(request, "surveys/slip_new.html", context)


def _slip(request: HttpRequest, invitation: SurveyInvitation) -> HttpResponse:
    """Show the slip in the language of whoever gets it; it says nothing of whether it was used."""
    link, last_at = link_of(invitation), timezone.localtime(invitation.expires_at)
    with translation.override(language_of(invitation)):
        words = {
            "title": _("Tell us how we did"),
            "how": _("Point the camera of your phone at the square, or type the address. Five questions, no name."),
            "until": _("It works once, until %(date)s.") % {"date": date_format(last_at, "j F Y")},
        }
    context = {
        "number": invitation.service_request.number,
        "language": language_of(invitation),
        "words": words,
        "link": link,
        "code": qr_code(link),
    }
    return render(request, "surveys/slip.html", context)
