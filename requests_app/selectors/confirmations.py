"""What was confirmed last, and when."""

from requests_app.models import Confirmation


def newest_confirmations() -> dict[str, Confirmation]:
    """Give the newest confirmation of each key; one query."""
    rows = Confirmation.objects.select_related("confirmed_by").order_by("key", "confirmed_at", "pk")
    return {row.key: row for row in rows}
