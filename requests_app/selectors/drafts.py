"""Half-typed forms, read by their writer only."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict

from requests_app.models import Draft, Interaction, ServiceRequest
from requests_app.selectors.access import Actor


def drafts_of(actor: Actor) -> QuerySet[Draft]:
    """Give everything the actor has half typed."""
    return Draft.objects.filter(employee=actor.employee) if actor.employee else Draft.objects.none()


def draft_of(actor: Actor, form_key: str) -> QueryDict | None:
    """Give what the actor typed into a form and has not saved, as the browser would send it."""
    draft = drafts_of(actor).filter(form_key=form_key).first()
    if draft is None:
        return None
    typed = QueryDict(mutable=True)
    for name, values in draft.typed.items():
        typed.setlist(name, values)
    return typed


def is_saved_already(submission_key: str) -> bool:
    """Say whether the form with this key has become a contact."""
    try:
        key = UUID(submission_key)
    except ValueError:
        return False
    return any(model.objects.filter(submission_key=key).exists() for model in (ServiceRequest, Interaction))
