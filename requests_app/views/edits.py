"""Saving a setting: a refusal in words, with what was typed kept, whoever saved in between."""

from collections.abc import Callable
from http import HTTPStatus

from django import forms
from django.utils.translation import gettext as _

from requests_app.domain.calendar_errors import InvalidCalendar
from requests_app.services.edits import ChangedMeanwhile


def changed_words() -> str:
    """Say that somebody else was quicker."""
    return _(
        "Somebody changed this while you were editing. What you typed is still here: look at what it says now, then "
        "save again."
    )


def attempt(form: forms.BaseForm, save: Callable[[], object]) -> HTTPStatus | None:
    """Save; where that is refused put the reason on the form and give the status to answer with."""
    try:
        save()
    except ChangedMeanwhile:
        form.add_error(None, changed_words())
        return HTTPStatus.CONFLICT
    except InvalidCalendar as error:
        form.add_error(None, str(error))
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return None
