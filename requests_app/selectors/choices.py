"""What the city chose: the defaults of the domain under the rows somebody changed."""

from dataclasses import fields, replace
from typing import Any

from requests_app.domain.choices import DEFAULT_CHOICES, LocalChoices
from requests_app.models import CitySetting


def current_choices() -> LocalChoices:
    """Give the choices in force now, in one query; a row that no choice goes by is passed over."""
    known = {field.name for field in fields(LocalChoices)}
    rows = CitySetting.objects.filter(key__in=known).values_list("key", "value")
    return replace(DEFAULT_CHOICES, **{key: _as_default(key, value) for key, value in rows})


def _as_default(key: str, value: Any) -> Any:
    # JSON knows lists only; a choice of several is a tuple.
    return tuple(value) if isinstance(getattr(DEFAULT_CHOICES, key), tuple) else value
