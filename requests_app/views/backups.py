"""The page of backups: which there are, whether one was proven to restore, whether this copy may send."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from requests_app.domain.vocabulary import Role
from requests_app.forms.backups import StartSendingForm
from requests_app.selectors.backups import backup_files, last_proven_restore, newest_drills, standing_pause
from requests_app.selectors.jobs import unfinished_job
from requests_app.services.jobs import enqueue_job
from requests_app.services.sending import start_sending as end_pause
from requests_app.views.gates import actor_holding


@login_required
@require_GET
def backups(request: HttpRequest) -> HttpResponse:
    """Show the backups of the folder and the tries at restoring them."""
    actor_holding(request, Role.ADMINISTRATOR)
    context = {
        "backups": backup_files(settings.BACKUP_DIR),
        "folder": settings.BACKUP_DIR,
        "drills": newest_drills(),
        "proven": last_proven_restore(),
        "pause": standing_pause(),
        "sending_form": StartSendingForm(),
        "job": unfinished_job("restore_drill"),
    }
    return render(request, "backups/backups.html", context)


@login_required
@require_POST
def ask_for_drill(request: HttpRequest) -> HttpResponse:
    """Ask for a backup that is restored elsewhere; a second click asks for nothing more."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    if unfinished_job("restore_drill") is None:
        enqueue_job("restore_drill", parameters={}, actor=actor, at=timezone.now())
    messages.success(request, gettext("A backup is being made and restored elsewhere. You can leave this page."))
    return redirect("backups")


@login_required
@require_POST
def start_sending(request: HttpRequest) -> HttpResponse:
    """Let this restored copy send."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    form = StartSendingForm(request.POST)
    skip_waiting = form.is_valid() and form.cleaned_data["skip_waiting"]
    skipped = end_pause(actor=actor, at=timezone.now(), skip_waiting=skip_waiting)
    if skipped is None:
        messages.info(request, gettext("Sending was not paused, so nothing changed."))
    else:
        said = ngettext(
            "Sending has started. %(n)d mail was given up.", "Sending has started. %(n)d mails were given up.", skipped
        )
        messages.success(request, said % {"n": skipped})
    return redirect("backups")
