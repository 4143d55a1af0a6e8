"""What an address may hold besides a word and a number: registered once, by whoever is loaded first."""

from datetime import date

from django.urls import register_converter
from django.urls.converters import StringConverter


class NumberConverter(StringConverter):
    """A tracking number in any spelling; a NUL, at which PostgreSQL fails, is in none of them."""

    regex = r"[^/\x00]{1,60}"


class DateConverter:
    """A date of the calendar, as 2027-12-24; one that does not exist is no address."""

    regex = r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """Read the date; ValueError makes the address unknown."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """Write the date."""
        return str(value)


register_converter(NumberConverter, "number")
register_converter(DateConverter, "date")
