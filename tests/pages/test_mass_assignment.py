"""Every field of every model, added to every form: what the form does not ask for stays as it was (B3)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.core.files import File
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from requests_app.forms.contacts import ContactForm
from requests_app.models import ServiceRequest
from requests_app.views.request_verbs import VERBS
from tests.cast import Cast
from tests.pages.access import parts_of
from tests.pages.conftest import SignIn
from tests.pages.test_who_may import valid_forms

pytestmark = pytest.mark.once
# Drawn anew at every writing.
_RANDOM = {"key", "number", "search_text", "submission_key", "salt", "birth_hmac", "fields"}
_APPS = ("requests_app", "auth")


def planted_fields(cast: Cast, own: set[str]) -> dict[str, str]:
    """Give a value for every field of every model, under each of its names, but those the form asks for itself."""
    values: dict[str, str] = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields if model._meta.app_label in _APPS else ():
            values |= dict.fromkeys((field.name, field.attname), _other(field, cast))
    return {name: value for name, value in values.items() if name not in own}


def _other(field: Any, cast: Cast) -> str:
    if field.choices:
        return str(list(field.flatchoices)[-1][0])
    if isinstance(field, models.BooleanField):
        return "true"
    if isinstance(field, models.DateTimeField):
        return "2020-01-01T10:00"
    if isinstance(field, models.DateField):
        return "2020-01-01"
    return str(cast.charlie.pk) if field.is_relation or isinstance(field, models.IntegerField) else "planted"


def forms(cast: Cast, found: ServiceRequest) -> Iterator[tuple[str, Mapping[str, Any], set[str], str]]:
    """Give (address name, what is typed, the names the form asks for, who types it)."""
    typed = valid_forms(cast, found)
    for verb, row in VERBS.items():
        name = f"request_{verb.replace('-', '_')}"
        who = "hana" if verb in ("classify", "name-person") else "sam"
        yield name, typed.get(name, {}), set(row.form.base_fields), who
    contact = {"channel": "phone", "title": "Pothole", "who": "Jun, 510 555 0101"}
    yield "log_contact", contact, {*ContactForm.base_fields, "told", "who_choice", "who_asked", "refer_to"}, "fay"
    yield "set_look", {"look": "dark"}, {"look", "next"}, "sam"


def written_by(client: Client, url: str, form: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
    """Post a form and give what it answered and every row it left behind; then take it back."""
    for value in form.values():
        if isinstance(value, File):
            value.seek(0)  # posted before, and read to its end
    with transaction.atomic():
        status = client.post(url, form).status_code
        rows = {
            f"{model._meta.label} {row[model._meta.pk.attname]}": {
                key: value for key, value in row.items() if key not in _RANDOM
            }
            for model in apps.get_models()
            if model._meta.app_label in _APPS and model._meta.pk is not None
            for row in model._base_manager.values()
        }
        transaction.set_rollback(True)
    return status, rows


def test_b3_no_field_is_changed_that_the_form_does_not_ask_for(
    cast: Cast, pothole: ServiceRequest, noon: datetime, sign_in: SignIn
) -> None:
    tried, differing = 0, {}
    for name, typed, own, who in forms(cast, pothole):
        client, url = sign_in(getattr(cast, who)), reverse(name, kwargs=parts_of(name, pothole.number))
        planted = planted_fields(cast, own | typed.keys())
        plain_status, plain = written_by(client, url, typed)
        status, rows = written_by(client, url, {**planted, **typed})
        tried += len(planted)
        changed = {key: (plain.get(key), rows.get(key)) for key in plain | rows if plain.get(key) != rows.get(key)}
        if changed or status != plain_status:
            differing[name] = (plain_status, status, changed)

    print(f"\nB3: {tried} fields planted in {len(VERBS) + 2} forms, {len(differing)} forms differ")
    assert differing == {}
    assert tried > 2000
