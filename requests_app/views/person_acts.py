"""What can be done on the page of a person: one row for each verb, its form and the one service it calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.roles import SECOND_FACTOR
from requests_app.domain.vocabulary import Role
from requests_app.forms import person_acts as forms
from requests_app.models import Employee
from requests_app.models.labels import ROLES
from requests_app.selectors.access import Actor
from requests_app.services.alternates import add_alternate, put_alternate_first, remove_alternate
from requests_app.services.logins import close_login, give_login, open_login, send_invitation
from requests_app.services.roles import give_role, take_role

# The form's type goes with the row; the table as a whole cannot say so.
Run = Callable[[Employee, Any, Actor, datetime], str | Promise]


@dataclass(frozen=True, slots=True)
class PersonAct:
    """One row: the form, and what does it and says what happened."""

    form: type[forms.PersonActForm]
    run: Run


def _give_role(employee: Employee, form: forms.GiveRoleForm, actor: Actor, at: datetime) -> str:
    role = Role(form.cleaned_data["role"])
    department_id = form.cleaned_data["department"]
    given = give_role(employee_id=employee.pk, role=role, department_id=department_id, actor=actor, at=at)
    words = {"name": employee.name, "role": ROLES[role], "department": given.department}
    said = gettext("%(name)s is now: %(role)s, %(department)s. It counts from the next page on.") % words
    if role in SECOND_FACTOR:
        said += " " + gettext("This role asks for a second factor at the sign-in.")
    return said


def _take_role(employee: Employee, form: forms.RowForm, actor: Actor, at: datetime) -> str | Promise:
    role = take_role(assignment_id=form.cleaned_data["row"], actor=actor, at=at)
    if role is None:
        return _("That role was taken away already.")
    return gettext("%(name)s no longer has that role: %(role)s.") % {"name": employee.name, "role": ROLES[role]}


def _add_alternate(employee: Employee, form: forms.AddAlternateForm, actor: Actor, at: datetime) -> str:
    typed = form.cleaned_data
    added = add_alternate(
        employee_id=employee.pk, person_id=typed["person"], department_id=typed["department"], actor=actor, at=at
    )
    return gettext("%(alternate)s stands in for %(name)s.") % {"alternate": added, "name": employee.name}


def _remove_alternate(employee: Employee, form: forms.RowForm, actor: Actor, at: datetime) -> Promise:
    remove_alternate(employee_id=employee.pk, alternate_id=form.cleaned_data["row"], actor=actor, at=at)
    return _("Taken off the list of alternates.")


def _put_first(employee: Employee, form: forms.RowForm, actor: Actor, at: datetime) -> Promise:
    put_alternate_first(employee_id=employee.pk, alternate_id=form.cleaned_data["row"], actor=actor, at=at)
    return _("This alternate is asked first now.")


def _give_login(employee: Employee, _form: forms.ConfirmForm, actor: Actor, at: datetime) -> str:
    give_login(employee_id=employee.pk, actor=actor, at=at)
    return gettext("A login was made; the link to choose a password is on its way to %(email)s.") % _address(employee)


def _invite(employee: Employee, _form: forms.ConfirmForm, actor: Actor, at: datetime) -> str:
    send_invitation(employee_id=employee.pk, actor=actor, at=at)
    return gettext("The link to choose a password is on its way to %(email)s again.") % _address(employee)


def _close_login(employee: Employee, _form: forms.ConfirmForm, actor: Actor, at: datetime) -> Promise:
    close_login(employee_id=employee.pk, actor=actor, at=at)
    return _("The login is closed, and what was signed in has ended.")


def _open_login(employee: Employee, _form: forms.ConfirmForm, actor: Actor, at: datetime) -> Promise:
    open_login(employee_id=employee.pk, actor=actor, at=at)
    return _("The login is open again, with the password there was.")


def _address(employee: Employee) -> dict[str, str]:
    return {"email": employee.email}


PERSON_ACTS: Mapping[str, PersonAct] = {
    "give-role": PersonAct(forms.GiveRoleForm, _give_role),
    "take-role": PersonAct(forms.RowForm, _take_role),
    "add-alternate": PersonAct(forms.AddAlternateForm, _add_alternate),
    "remove-alternate": PersonAct(forms.RowForm, _remove_alternate),
    "put-alternate-first": PersonAct(forms.RowForm, _put_first),
    "give-login": PersonAct(forms.ConfirmForm, _give_login),
    "invite": PersonAct(forms.ConfirmForm, _invite),
    "close-login": PersonAct(forms.ConfirmForm, _close_login),
    "open-login": PersonAct(forms.ConfirmForm, _open_login),
}
