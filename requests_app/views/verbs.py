"""What a row of the tables of verbs says: the action, the form, the service, and the words around them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from requests_app.domain.workflow import Action
from requests_app.forms.requests import ActionForm
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor

# The form's type goes with the row; the table as a whole cannot say so.
Run = Callable[[ServiceRequest, Any, Actor, datetime], object]


@dataclass(frozen=True, slots=True)
class Verb:
    """One row: the action that must be offered, the form, the service, and the words around them."""

    action: Action
    form: type[ActionForm]
    run: Run
    label: str | Promise
    icon: str
    save: str | Promise
    said: str | Promise
