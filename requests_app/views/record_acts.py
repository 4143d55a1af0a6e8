"""What the keeper of records does on the records page of a request: one row for each act, its form and its service."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.forms import records as forms
from requests_app.forms.determinations import DeterminationForm
from requests_app.forms.purges import PurgeForm
from requests_app.forms.requests import ActionForm
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.visibility import requests_visible_to
from requests_app.services.determinations import record_determination
from requests_app.services.holds import place_hold, release_hold
from requests_app.services.identity_redactions import redact_identity
from requests_app.services.lifted_redactions import lift_redaction
from requests_app.services.purges import request_purge
from requests_app.services.redactions import redact_passage

# The form's type goes with the row; the table as a whole cannot say so.
Run = Callable[[ServiceRequest, Any, Actor, datetime], object]


@dataclass(frozen=True, slots=True)
class RecordAct:
    """One row: the form, the service, and the words around them."""

    form: type[ActionForm]
    run: Run
    label: str | Promise
    icon: str
    save: str | Promise
    said: str | Promise


def _redact(found: ServiceRequest, form: forms.RedactForm, actor: Actor, at: datetime) -> object:
    typed = form.cleaned_data
    return redact_passage(request_id=found.pk, text=typed["text"], code=typed["code"], actor=actor, at=at)


def _redact_identity(found: ServiceRequest, form: forms.RedactIdentityForm, actor: Actor, at: datetime) -> object:
    return redact_identity(request_id=found.pk, code=form.cleaned_data["code"], actor=actor, at=at)


def _lift(found: ServiceRequest, form: forms.LiftForm, actor: Actor, at: datetime) -> object:
    return lift_redaction(redaction_id=form.cleaned_data["row"], actor=actor, at=at)


def _hold(found: ServiceRequest, form: forms.HoldForm, actor: Actor, at: datetime) -> object:
    request_ids = [found.pk]
    if form.cleaned_data.get("is_for_customer"):
        others = requests_visible_to(actor).filter(customer=found.customer_id, confidentiality=found.confidentiality)
        request_ids += others.values_list("pk", flat=True)
    return place_hold(request_ids=request_ids, reason=form.cleaned_data["reason"], actor=actor, at=at)


def _release(found: ServiceRequest, form: forms.ReleaseForm, actor: Actor, at: datetime) -> object:
    typed = form.cleaned_data
    return release_hold(hold_id=typed["row"], reason=typed["reason"], actor=actor, at=at)


def _determine(found: ServiceRequest, form: DeterminationForm, actor: Actor, at: datetime) -> object:
    return record_determination(request_id=found.pk, entry=form.entry(), actor=actor, at=at)


def _purge(found: ServiceRequest, form: PurgeForm, actor: Actor, at: datetime) -> object:
    return request_purge(request_id=found.pk, actor=actor, at=at)


RECORD_ACTS: Mapping[str, RecordAct] = {
    "determine": RecordAct(
        DeterminationForm,
        _determine,
        _("Record the determination"),
        "file-earmark-text",
        _("Save"),
        _("Saved. It is in the records log."),
    ),
    "redact": RecordAct(
        forms.RedactForm,
        _redact,
        _("Take words out"),
        "eraser",
        _("Take out"),
        _("Taken out everywhere in this request."),
    ),
    "redact-identity": RecordAct(
        forms.RedactIdentityForm,
        _redact_identity,
        _("Take out who the customer is"),
        "person-slash",
        _("Take out"),
        _("The customer is taken out of this request."),
    ),
    "lift": RecordAct(
        forms.LiftForm, _lift, _("Lift"), "arrow-counterclockwise", _("Lift"), _("Lifted. It is shown again.")
    ),
    "hold": RecordAct(
        forms.HoldForm,
        _hold,
        _("Place a legal hold"),
        "shield-lock",
        _("Place the hold"),
        _("Held. It is kept, however old it grows."),
    ),
    "release": RecordAct(
        forms.ReleaseForm,
        _release,
        _("Release the hold"),
        "arrow-counterclockwise",
        _("Release"),
        _("Hold released."),
    ),
    "purge": RecordAct(
        PurgeForm,
        _purge,
        _("Remove card and social security numbers for good"),
        "trash3",
        _("Ask the city attorney to confirm"),
        _("Asked for. The city attorney confirms, then they are gone for good."),
    ),
}
