"""The choice between light, dark and "as this computer", as it comes in from a cookie or a form."""

from collections.abc import Mapping

LOOK_COOKIE = "ps_look"
LOOKS = ("light", "dark")


def known_look(given: str | None) -> str:
    """Give "light" or "dark"; anything else is "", as this computer has it."""
    return given if given in LOOKS else ""


def chosen_look(cookies: Mapping[str, str]) -> str:
    """Give the look a browser keeps in its cookie."""
    return known_look(cookies.get(LOOK_COOKIE))
