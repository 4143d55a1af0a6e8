"""What can be done on the page of a request about who reads it: the rows beside those of its daily work."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from requests_app.domain.vocabulary import Confidentiality
from requests_app.domain.workflow import Action, next_status
from requests_app.forms import confidentiality as forms
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.services.confidentiality import name_person, set_confidentiality
from requests_app.services.consultations import ask_colleague, end_consultation
from requests_app.services.records_links import link_to_records_request
from requests_app.views.verbs import Verb


def _consult(found: ServiceRequest, form: forms.ConsultForm, actor: Actor, at: datetime) -> object:
    typed = form.cleaned_data
    return ask_colleague(request_id=found.pk, employee_id=typed["employee"], question=typed["text"], actor=actor, at=at)


def _end(_found: ServiceRequest, form: forms.EndConsultationForm, actor: Actor, at: datetime) -> object:
    return end_consultation(consultation_id=form.cleaned_data["consultation"].pk, actor=actor, at=at)


def _set(found: ServiceRequest, form: forms.RestrictForm, actor: Actor, at: datetime) -> object:
    typed = form.cleaned_data
    return set_confidentiality(
        request_id=found.pk, level=Confidentiality(typed["level"]), reason=typed["text"], actor=actor, at=at
    )


def _classify(found: ServiceRequest, form: forms.ClassifyForm, actor: Actor, at: datetime) -> object:
    # Between two of the levels the leads may choose too, by a verb of their own.
    next_status(found.status, Action.CLASSIFY, actor.roles_for(found))
    return _set(found, form, actor, at)


def _name(found: ServiceRequest, form: forms.NamePersonForm, actor: Actor, at: datetime) -> object:
    typed = form.cleaned_data
    return name_person(
        request_id=found.pk,
        employee_id=typed["employee"],
        involvement=form.named_as(),
        reason=typed["text"],
        actor=actor,
        at=at,
    )


def _link(found: ServiceRequest, form: forms.RecordsLinkForm, actor: Actor, at: datetime) -> object:
    return link_to_records_request(request_id=found.pk, number=form.cleaned_data["number"], actor=actor, at=at)


_ASKED = _("Asked. They were told, and can read it now.")
CONFIDENTIALITY_VERBS: Mapping[str, Verb] = {
    "consult": Verb(Action.CONSULT, forms.ConsultForm, _consult, _("Ask a colleague"), "person-plus", _("Ask"), _ASKED),
    "end-consultation": Verb(
        Action.END_CONSULTATION,
        forms.EndConsultationForm,
        _end,
        _("No longer ask somebody"),
        "person-x",
        _("No longer ask"),
        _("No longer asked. The request is closed to them again."),
    ),
    "restrict": Verb(
        Action.RESTRICT,
        forms.RestrictForm,
        _set,
        _("Make it confidential, or ordinary again"),
        "lock",
        _("Change who may read it"),
        _("Changed. Only those who may read it now will find it."),
    ),
    "classify": Verb(
        Action.CLASSIFY,
        forms.ClassifyForm,
        _classify,
        _("Set who may read it"),
        "shield-lock",
        _("Set who may read it"),
        _("Set. Only those who may read it now will find it."),
    ),
    "name-person": Verb(
        Action.NAME_PEOPLE,
        forms.NamePersonForm,
        _name,
        _("Name a person concerned or mentioned"),
        "person-lock",
        _("Name the person"),
        _("Named. Whoever is concerned is out of it from now on."),
    ),
    "link-records": Verb(
        Action.LINK_RECORDS,
        forms.RecordsLinkForm,
        _link,
        _("Link a request that is asked for"),
        "link-45deg",
        _("Link it"),
        _("Linked. The records clerk can read it while this records request is open."),
    ),
}
