"""How far ahead the closures of a calendar must be known: 12 months, so that every answer-by date can be given."""

from datetime import date


def needed_through(today: date) -> date:
    """Give the date through which closures must be known today: the same day next year."""
    if (today.month, today.day) == (2, 29):
        return date(today.year + 1, 2, 28)
    return today.replace(year=today.year + 1)


def closures_run_out(known_through: date, *, today: date) -> bool:
    """Say whether closures are missing within the next 12 months."""
    return known_through < needed_through(today)


def year_to_confirm(known_through: date) -> int:
    """Name the year whose closures are to be confirmed next: that of the first day nobody knows."""
    is_year_end = (known_through.month, known_through.day) == (12, 31)
    return known_through.year + 1 if is_year_end else known_through.year
