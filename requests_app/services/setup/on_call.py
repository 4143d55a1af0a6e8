"""Whom to tell of a danger; the city's numbers are fictional until an administrator enters the real ones."""

from requests_app.models import OnCallNumber

ON_CALL_NUMBERS = (
    ("Emergency: fire, police, ambulance", "911", OnCallNumber.Hours.ALWAYS),
    ("Police dispatch", "510-555-0171", OnCallNumber.Hours.ALWAYS),
    ("Public Works, corporation yard", "510-555-0161", OnCallNumber.Hours.BUSINESS),
    ("Public Works on call", "510-555-0162", OnCallNumber.Hours.CLOSED),
)


def set_up_on_call_numbers() -> int:
    """Add the list if there is none and say how many numbers those were."""
    if OnCallNumber.objects.exists():
        return 0
    return len(
        OnCallNumber.objects.bulk_create(
            OnCallNumber(name=name, phone=phone, hours=hours, position=position)
            for position, (name, phone, hours) in enumerate(ON_CALL_NUMBERS, start=1)
        )
    )
