"""Change what the city chose, with evidence of it."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime

from django.db import transaction

from requests_app.domain.choices import LocalChoices
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.models import CitySetting, PastChoice
from requests_app.selectors.access import Actor
from requests_app.selectors.choices import current_choices, settable_choices
from requests_app.services.events import record_audit


class UnknownChoice(ValueError):
    """A key that no choice goes by."""


@transaction.atomic
def change_choice(key: str, value: object, *, actor: Actor, at: datetime) -> LocalChoices:
    """Set one choice to a value of JSON; setting what is so already leaves no trace.

    Raises UnknownChoice, and ActionRefused for one that is not this actor's to set. The value was checked by its form:
    this module knows no ranges.
    """
    if key not in {field.name for field in fields(LocalChoices)}:
        raise UnknownChoice(key)
    if key not in settable_choices(actor):
        raise ActionRefused(Refusal.ROLE)
    before = current_choices()
    if getattr(before, key) == (tuple(value) if isinstance(value, list) else value):
        return before
    PastChoice.objects.create(key=key, value=_stored(key), known_until_at=at)
    setting, _ = CitySetting.objects.update_or_create(
        key=key, defaults={"value": value, "changed_at": at, "changed_by": actor.employee}
    )
    record_audit("choice_changed", setting, actor=actor, at=at, fields={key: value})
    return current_choices()


@transaction.atomic
def change_choices(values: Mapping[str, object], *, actor: Actor, at: datetime) -> int:
    """Set several choices in one transaction and count those that changed. Raises as `change_choice` does."""
    before = current_choices()
    for key, value in values.items():
        change_choice(key, value, actor=actor, at=at)
    after = current_choices()
    return sum(getattr(before, key) != getattr(after, key) for key in values)


def _stored(key: str) -> object:
    return CitySetting.objects.filter(key=key).values_list("value", flat=True).first()
