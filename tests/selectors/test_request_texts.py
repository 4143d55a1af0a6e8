"""Where the words of a request are kept: no table is forgotten."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from requests_app.models import OutgoingMail, ServiceRequest
from requests_app.selectors.request_texts import TEXT_HOMES

# Codes, numbers and names of programs: nothing a person types about a matter.
NO_WORDS = {
    "servicerequest.number", "servicerequest.language", "servicerequest.search_text", "servicerequest.customer_mark",
    "clockrevision.trace", "clockrevision.undated_reason", "responseclock.undated_reason", "responseclock.clause",
    "responseclock.ended_reason", "stagefiring.stage", "importedcase.source", "importedcase.source_case_id",
    "importedcase.content_hash", "notice.dedupe_key", "outgoingmail.to_address", "outgoingmail.claimed_by",
    "attachment.content_type", "attachment.sha256", "recordsexport.options", "recordsexport.released_key",
    "recordsexport.original_key", "disposalitem.number", "disposalitem.counts", "disposalitem.content_hash",
    "purge.counts", "pastfacts.language",
    "replaychange.move",
    "receipt.language", "receipt.text",
    "surveyinvitation.language", "surveyinvitation.token_hash",
    "recordsdetermination.exemptions", "redaction.passages", "redaction.identity",
    "redactedtext.place", "redactedtext.original", "redactedtext.shown",
}  # fmt: skip


def test_every_table_with_words_of_a_request_is_on_the_list() -> None:
    """A model that leads to a request and has free text, but no home here, would leak through every redaction."""
    listed = {home.place(field) for home in TEXT_HOMES for field in home.fields}
    unlisted = [place for place in _texts_near_a_request() if place not in listed | NO_WORDS]
    assert unlisted == []


def _texts_near_a_request() -> Iterator[str]:
    """Name the free text of every model that refers to a request, directly or through one that does."""
    near: set[type[models.Model]] = {ServiceRequest, OutgoingMail}
    while more := {model for model in apps.get_models() if model not in near and _refers_to(model, near)}:
        near |= more
    for model in near:
        for field in model._meta.concrete_fields:
            is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
            if is_text and not field.choices:
                yield f"{model._meta.model_name}.{field.name}"


def _refers_to(model: type[models.Model], near: set[type[models.Model]]) -> bool:
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return any(field.is_relation and field.related_model in near for field in fields)
