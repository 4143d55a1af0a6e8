"""The last part of the address of a row that goes by a name: made once, and kept when the name changes."""

from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify

_TAKEN = ("", "new")  # the address of the form for a new one


def free_slug(name: str, rows: QuerySet[Any], *, unnamed: str) -> str:
    """Give a slug none of the rows has, numbered from two where others go by that name; `unnamed` where it is empty."""
    longest = rows.model._meta.get_field("slug").max_length
    base = slugify(name)[:longest].strip("-")
    slug, number = base, 1
    while slug in _TAKEN or rows.filter(slug=slug).exists():
        number += 1
        suffix = f"-{number}"
        slug = f"{(base or unnamed)[: longest - len(suffix)]}{suffix}"
    return slug
