"""What the city chose: the defaults of the domain under the rows somebody changed."""

from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from requests_app.domain.choices import DEFAULT_CHOICES, REPORTING_CHOICES, LocalChoices
from requests_app.domain.vocabulary import Role
from requests_app.models import CitySetting, PastChoice
from requests_app.selectors.access import Actor


def current_choices() -> LocalChoices:
    """Give the choices in force now, in one query; a row that no choice goes by is passed over."""
    known = {field.name for field in fields(LocalChoices)}
    rows = CitySetting.objects.filter(key__in=known).values_list("key", "value")
    return replace(DEFAULT_CHOICES, **{key: _as_default(key, value) for key, value in rows})


def settable_choices(actor: Actor) -> frozenset[str]:
    """Name the choices somebody may change: an administrator and the product itself all, Human Resources their own."""
    if actor.employee is None or actor.holds(Role.ADMINISTRATOR):
        return frozenset(field.name for field in fields(LocalChoices))
    return REPORTING_CHOICES if actor.holds(Role.HR) else frozenset()


def choices_at(instant: datetime) -> LocalChoices:
    """Give the choices as they were at an instant, in two queries; a change before changes were kept is not known."""
    changed = PastChoice.objects.filter(known_until_at__gt=instant).order_by("-known_until_at", "-pk")
    then = dict(changed.values_list("key", "value"))  # of several the earliest is the last to be told
    now = current_choices()
    known = {key: value for key, value in then.items() if hasattr(now, key)}
    values = {
        key: getattr(DEFAULT_CHOICES, key) if value is None else _as_default(key, value) for key, value in known.items()
    }
    return replace(now, **values)


def _as_default(key: str, value: Any) -> Any:
    # JSON knows lists only; a choice of several is a tuple.
    return tuple(value) if isinstance(getattr(DEFAULT_CHOICES, key), tuple) else value
