"""What can be done on the page of one absence's greetings: a row for each verb (III.b.ii.5)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain.greetings import Element
from requests_app.forms import greetings as forms
from requests_app.models import Absence
from requests_app.selectors.access import Actor
from requests_app.selectors.greetings import GreetingDesk
from requests_app.services import greetings as services

# The form's type goes with the row; the table as a whole cannot say so.
Run = Callable[[Absence, Any, Actor, datetime], object]


@dataclass(frozen=True, slots=True)
class GreetingVerb:
    """One row: the last part of its address, what reads the form, what does it, and what is said then."""

    address: str
    form: Callable[[QueryDict], Form]
    run: Run
    said: Callable[[Any], str | Promise]


def _text_form(typed: QueryDict) -> forms.GreetingTextForm:
    # Several such forms stand on the page, each under the name of its text.
    return forms.GreetingTextForm(typed, auto_id=f"id_{typed.get('kind')}-{typed.get('language')}_%s")


def _change(absence: Absence, form: forms.GreetingTextForm, actor: Actor, at: datetime) -> object:
    text = form.cleaned_data["text"]
    return services.change_greeting(absence_id=absence.pk, key=form.key, text=text, actor=actor, at=at)


def _write(absence: Absence, form: forms.WriteForm, actor: Actor, at: datetime) -> object:
    keys = form.keys(list(GreetingDesk().texts(absence)))
    return services.write_greetings(absence_id=absence.pk, keys=keys, actor=actor, at=at)


def _drop(absence: Absence, form: forms.TextKeyForm, actor: Actor, at: datetime) -> object:
    return services.drop_greeting(absence_id=absence.pk, key=form.key, actor=actor, at=at)


def _decline(absence: Absence, form: forms.DeclineForm, actor: Actor, at: datetime) -> object:
    element, reason = Element(form.cleaned_data["element"]), form.cleaned_data["reason"]
    return services.decline_element(absence_id=absence.pk, element=element, reason=reason, actor=actor, at=at)


def _set(absence: Absence, form: forms.SetForm, actor: Actor, at: datetime) -> object:
    version = form.cleaned_data["version"]
    return services.set_greetings(absence_id=absence.pk, version=version, actor=actor, at=at)


def _check(absence: Absence, form: forms.CheckForm, actor: Actor, at: datetime) -> object:
    is_right = form.cleaned_data["is_right"]
    return services.check_greetings(absence_id=absence.pk, is_right=is_right, actor=actor, at=at)


def _clear(absence: Absence, _form: Form, actor: Actor, at: datetime) -> object:
    return services.clear_greetings(absence_id=absence.pk, actor=actor, at=at)


def _always(said: str | Promise) -> Callable[[Any], str | Promise]:
    return lambda _form: said


def _of_reason(form: forms.DeclineForm) -> str | Promise:
    return _("Reason kept.") if form.cleaned_data["reason"] else _("Reason taken back.")


def _of_check(form: forms.CheckForm) -> str | Promise:
    is_right = form.cleaned_data["is_right"]
    return _("Recorded: found right.") if is_right else _("Recorded: not right. It has to be set anew.")


GREETING_VERBS: Mapping[str, GreetingVerb] = {
    "change": GreetingVerb(
        "text",
        _text_form,
        _change,
        _always(_("Text kept. Set it on the telephone or in the mail, then press “All set”.")),
    ),
    "write": GreetingVerb("write", forms.WriteForm, _write, _always(_("Written from the directory and the absence."))),
    "drop": GreetingVerb("leave-out", forms.TextKeyForm, _drop, _always(_("Left out."))),
    "decline": GreetingVerb("reason", forms.DeclineForm, _decline, _of_reason),
    "set": GreetingVerb(
        "set", forms.SetForm, _set, _always(_("All set. On the day of return you are asked to take it down."))
    ),
    "check": GreetingVerb("check", forms.CheckForm, _check, _of_check),
    "clear": GreetingVerb("clear", Form, _clear, _always(_("Taken down. Welcome back."))),
}
