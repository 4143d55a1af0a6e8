"""The mail that leaves: try it, see what was given up, send that again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from requests_app.domain.vocabulary import Role
from requests_app.models import OutgoingMail
from requests_app.selectors.outgoing import failed_mails, mail_state, own_mails
from requests_app.services.mail_tests import NoAddress, send_test_mail
from requests_app.services.outgoing_mail import retry_mail
from requests_app.views.gates import actor_holding

_SHOWN = 50


@login_required
@require_GET
def mails(request: HttpRequest) -> HttpResponse:
    """Show what waits and what was given up; a subject names no more than a number, a body is not shown."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    failed = failed_mails()
    context = {
        "state": mail_state(timezone.now()),
        "failed": list(failed.select_related("recipient")[:_SHOWN]),
        "failed_count": failed.count(),
        "own": own_mails(actor)[:5],
        "sent": OutgoingMail.Status.SENT,
    }
    return render(request, "settings/mails.html", context)


@login_required
@require_POST
def test_mail(request: HttpRequest) -> HttpResponse:
    """Send a mail to whoever asks."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    try:
        mail = send_test_mail(actor=actor, at=timezone.now())
    except NoAddress:
        messages.error(request, gettext("You have no e-mail address on the roster. Enter one there first."))
    else:
        said = gettext("A mail to %(address)s is on its way. Reload this page in a minute to see what became of it.")
        messages.success(request, said % {"address": mail.to_address})
    return redirect("mails")


@login_required
@require_POST
def retry_failed_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a mail that was given up back in the queue."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    retry_mail(mail_id=pk, actor=actor, at=timezone.now())
    messages.success(request, gettext("The mail is tried again."))
    return redirect("mails")
