"""Mail to whoever's sign-in was changed, so that a change by somebody else does not go unnoticed."""

from datetime import datetime

from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from requests_app.models.audit_words import AUDIT_ACTIONS
from requests_app.selectors.access import actor_for
from requests_app.services.mail_texts import STAFF_LANGUAGE, new_mail


def tell_of_change(user: User, action: str, *, at: datetime) -> None:
    """Queue a mail about one change to the person behind a login; who has no address on the roster gets none."""
    employee = actor_for(user).employee
    if employee is None or not employee.email:
        return
    with translation.override(STAFF_LANGUAGE):
        context = {"name": employee.name, "what": AUDIT_ACTIONS[action], "at": at}
        body = render_to_string("emails/sign_in_changed.txt", context)
        new_mail(employee, subject=gettext("Your sign-in was changed"), body=body, at=at)
