"""The verb of putting reminders off."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from requests_app.domain.workflow import Action
from requests_app.forms.snoozes import SnoozeForm
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.services.snoozes import snooze_reminders
from requests_app.views.verbs import Verb


def _snooze(found: ServiceRequest, form: SnoozeForm, actor: Actor, at: datetime) -> object:
    return snooze_reminders(
        clock_id=form.cleaned_data["clock"],
        until_at=form.cleaned_data["until_at"],
        reason=form.cleaned_data["text"],
        actor=actor,
        at=at,
    )


SNOOZE_VERBS: Mapping[str, Verb] = {
    "snooze": Verb(
        Action.SNOOZE,
        SnoozeForm,
        _snooze,
        _("Put my reminders off"),
        "alarm",
        _("Put them off"),
        _("Put off. The answer is due when it was, and lateness is told all the same."),
    ),
}
