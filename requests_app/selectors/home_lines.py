"""One line of a home page: what it is about, how it stands, and the one way on."""

from dataclasses import dataclass

from django.utils.functional import Promise

GOOD, SOON, OVER = "good", "soon", "over"
STATES = (OVER, SOON, GOOD)


@dataclass(frozen=True, slots=True)
class HomeLine:
    """One line; `count` is how many rows the list behind `url` has, None where no list is behind it.

    `items` are single matters to open, as (text, address).
    """

    code: str
    title: str | Promise
    said: str
    state: str
    label: str | Promise
    url: str
    count: int | None = None
    items: tuple[tuple[str, str], ...] = ()
