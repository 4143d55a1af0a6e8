"""Cells of a CSV file, made harmless to the spreadsheet that opens it, and read back as they were."""

from decimal import Decimal

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(value: object) -> object:
    """Put an apostrophe before what a spreadsheet would run as a formula; numbers and None stay as they are.

    What is neither is written as it calls itself, so a row of a table is judged by that as well as a text.
    """
    if value is None or isinstance(value, int | float | Decimal):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else value


def unguarded(value: str) -> str:
    """Take away the apostrophe that `guarded` put there."""
    return value[1:] if value.startswith("'") and value[1:].startswith(_STARTS_A_FORMULA) else value
