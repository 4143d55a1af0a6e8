"""The opening checklist a new installation starts with (III.b.iii.3)."""

from requests_app.domain.opening_checks import DEFAULT_ITEMS
from requests_app.models import ChecklistItem


def set_up_checklist() -> int:
    """Add the items if there never were any, and say how many those were."""
    if ChecklistItem.objects.exists():
        return 0
    items = [ChecklistItem(text=text, position=position) for position, text in enumerate(DEFAULT_ITEMS, start=1)]
    return len(ChecklistItem.objects.bulk_create(items))
