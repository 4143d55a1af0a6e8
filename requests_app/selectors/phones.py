"""Read a phone number as people write it."""

from dataclasses import dataclass

from requests_app.domain.text import digits_of

_REGION = "US"
MAX_DIGITS = 20


@dataclass(frozen=True, slots=True)
class PhoneReading:
    """A number in E.164 (or its bare digits when it is none) and an extension, digits only."""

    value: str
    extension: str

    @property
    def reversed_digits(self) -> str:
        """Give the digits last to first, so that the last ones can be looked up by an index."""
        return self.value.lstrip("+")[::-1][:MAX_DIGITS]


def read_phone(as_typed: str) -> PhoneReading | None:
    """Read a phone in any spelling, extension included; None when there are no digits in it."""
    import phonenumbers  # its metadata takes a moment to load: not at start-up

    try:
        number = phonenumbers.parse(as_typed, _REGION)
    except phonenumbers.NumberParseException:
        digits = digits_of(as_typed)[:MAX_DIGITS]
        return PhoneReading(digits, "") if digits else None
    value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return PhoneReading(value, (number.extension or "")[:12])
