"""Half-typed forms: kept for their writer, gone when they are saved or grown old."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from requests_app.models import Draft
from requests_app.selectors.access import Actor
from requests_app.selectors.categories import names_hand_over
from requests_app.selectors.drafts import drafts_of, is_saved_already

KEPT_FOR = timedelta(days=7)
MOST_CHARACTERS = 100_000
# Of a form's fields, what is no text of the writer's.
_NOT_KEPT = frozenset({"csrfmiddlewaretoken", "next", "draft"})

Typed = Mapping[str, Sequence[str]]


@transaction.atomic
def keep_draft(form_key: str, typed: Typed, *, actor: Actor, at: datetime) -> bool:
    """Keep what somebody has typed so far, in place of what was kept before.

    False for what is not worth it: nothing typed, far too long, or a form that was saved meanwhile (a copy sent
    while typing may arrive after the save). What is handed over to the police is kept nowhere (DOMAIN 4): what there
    was of it goes as soon as that is clear.
    """
    # A NUL is text no database keeps.
    kept = {name: [value.replace("\0", "") for value in values] for name, values in typed.items() if _is_kept(name)}
    texts = [value for values in kept.values() for value in values]
    if actor.employee is None or not any(texts) or sum(map(len, texts)) > MOST_CHARACTERS:
        return False
    if names_hand_over(_first_of(kept, "category", "for_whom"), chosen=_first_of(kept, "category_choice")[0]):
        drop_draft(form_key, actor=actor)
        return False
    if is_saved_already(next(iter(kept.get("submission_key", [])), "")):
        return False
    Draft.objects.update_or_create(employee=actor.employee, form_key=form_key, defaults={"typed": kept, "saved_at": at})
    return True


def drop_draft(form_key: str, *, actor: Actor) -> None:
    """Forget a draft: it was saved, or is not wanted."""
    drafts_of(actor).filter(form_key=form_key).delete()


def drop_old_drafts(*, now: datetime) -> int:
    """Forget what nobody came back to for a week; gives how many."""
    return Draft.objects.filter(saved_at__lt=now - KEPT_FOR).delete()[0]


def _first_of(kept: Typed, *names: str) -> list[str]:
    return [next(iter(kept.get(name, [])), "") for name in names]


def _is_kept(name: str) -> bool:
    return name not in _NOT_KEPT and "\0" not in name
