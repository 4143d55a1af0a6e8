"""Keep the categories: what people call about, in their words, and who deals with it (III.a.iv)."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import Category
from requests_app.selectors.access import Actor
from requests_app.selectors.category_upkeep import mark_of
from requests_app.services.edits import require_unchanged
from requests_app.services.events import record_audit
from requests_app.services.slugs import free_slug


class NameTaken(ValueError):
    """Another category goes by this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryEntry:
    """A category as typed; a retired one is offered no more and stays on the requests it has."""

    name: str
    kind: str
    department_id: int
    name_es: str = ""
    keywords: str = ""
    default_owner_id: int | None = None
    backup_owner_id: int | None = None
    referral_agency: str = ""
    confidentiality: str = Confidentiality.ORDINARY.value
    is_hazard: bool = False
    is_active: bool = True


@transaction.atomic
def add_category(entry: CategoryEntry, *, actor: Actor, at: datetime) -> Category:
    """Add a category; a second click gives back the one of the first. Raises NameTaken."""
    facts = asdict(entry)
    category, is_new = Category.objects.get_or_create(
        name=entry.name, defaults={**facts, "slug": free_slug(entry.name, Category.objects.all(), unnamed="category")}
    )
    if is_new:
        record_audit("category_added", category, actor=actor, at=at, fields=facts)
    elif _facts(category) != facts:
        raise NameTaken(entry.name)
    return category


@transaction.atomic
def change_category(category_id: int, entry: CategoryEntry, *, seen: str, actor: Actor, at: datetime) -> Category:
    """Change or retire a category; its address stays. Raises NameTaken, ChangedMeanwhile."""
    category = Category.objects.select_for_update().get(pk=category_id)
    before, after = _facts(category), asdict(entry)
    if before == after:
        return category
    require_unchanged(seen=seen, now=mark_of(category))
    if Category.objects.filter(name=entry.name).exclude(pk=category_id).exists():
        raise NameTaken(entry.name)
    changed = {name: value for name, value in after.items() if before[name] != value}
    for name, value in changed.items():
        setattr(category, name, value)
    category.save(update_fields=[name.removesuffix("_id") for name in changed])
    record_audit("category_changed", category, actor=actor, at=at, fields=changed)
    return category


def _facts(category: Category) -> dict[str, object]:
    return {name: getattr(category, name) for name in CategoryEntry.__dataclass_fields__}
