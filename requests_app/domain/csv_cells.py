"""Cells of a CSV file, made harmless to the spreadsheet that opens it, and read back as they were."""

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(value: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run as a formula; numbers and None stay as they are."""
    if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA):
        return f"'{value}"
    return value


def unguarded(value: str) -> str:
    """Take away the apostrophe that `guarded` put there."""
    return value[1:] if value.startswith("'") and value[1:].startswith(_STARTS_A_FORMULA) else value
