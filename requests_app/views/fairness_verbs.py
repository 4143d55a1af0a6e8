"""What can be done on the page of a request for the people it names: fairness in complaints, thanks in compliments."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from requests_app.domain.workflow import Action
from requests_app.forms.commendations import ThankForm
from requests_app.forms.fairness import FairnessForm
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.services.commendations import thank
from requests_app.services.fairness import keep_fair
from requests_app.views.verbs import Verb


def _keep_fair(found: ServiceRequest, form: FairnessForm, actor: Actor, at: datetime) -> object:
    return keep_fair(request_id=found.pk, entry=form.entry(), actor=actor, at=at)


def _thank(found: ServiceRequest, form: ThankForm, actor: Actor, at: datetime) -> object:
    return thank(request_id=found.pk, employee_ids=form.cleaned_data["people"], actor=actor, at=at)


FAIRNESS_VERBS: Mapping[str, Verb] = {
    "keep-fair": Verb(
        Action.KEEP_FAIR,
        FairnessForm,
        _keep_fair,
        _("Record what the person concerned was told or asked"),
        "person-check",
        _("Record the step"),
        _("Recorded."),
    ),
    "thank": Verb(
        Action.THANK,
        ThankForm,
        _thank,
        _("Say who is thanked"),
        "seal",
        _("Pass the thanks on"),
        _("Passed on. A draft of a commendation waits for their supervisor."),
    ),
}
