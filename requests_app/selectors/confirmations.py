"""What was confirmed last, and when."""

from decimal import Decimal

from requests_app.models import Confirmation


def newest_confirmations() -> dict[str, Confirmation]:
    """Give the newest confirmation of each key; one query."""
    rows = Confirmation.objects.select_related("confirmed_by").order_by("key", "confirmed_at", "pk")
    return {row.key: row for row in rows}


def target_key(rate: Decimal) -> str:
    """Name the confirmation of the city's target as it stands: another target is to be confirmed anew."""
    return f"scorecard-target-{rate * 1000:.0f}"


def target_confirmed(rate: Decimal) -> Confirmation | None:
    """Give who of Human Resources confirmed that the scorecard judges by this target; None while nobody did."""
    return newest_confirmations().get(target_key(rate))
