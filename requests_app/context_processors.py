"""What every page behind the login needs: the navigation, who is signed in, the chosen look."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

LOOK_COOKIE = "ps_look"
LOOKS = ("light", "dark")


@dataclass(frozen=True, slots=True)
class NavItem:
    """One line of the rail. `key` is the letter after g that leads there; `count` is None where none is shown."""

    url: str
    label: str
    icon: str
    name: str
    key: str = ""
    count: int | None = None
    current: bool = False


_RAIL = (
    ("my_work", _("My work"), "list-check", "m"),
    ("queue", _("Queue"), "inbox", "q"),
    ("overdue", _("Overdue"), "exclamation-octagon", "o"),
    ("request_list", _("All requests"), "journal-text", "a"),
    ("compliance", _("Compliance"), "bar-chart", "c"),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Offer `nav_items` and `nav_person`, read only when a template asks, and `look` ("light", "dark" or "")."""
    return {
        "nav_items": SimpleLazyObject(lambda: _nav_items(request)),
        "nav_person": SimpleLazyObject(lambda: _nav_person(request)),
        "look": chosen_look(request),
    }


def chosen_look(request: HttpRequest) -> str:
    """Read the look from its cookie; anything unknown means "as this computer"."""
    look = request.COOKIES.get(LOOK_COOKIE, "")
    return look if look in LOOKS else ""


def _nav_items(request: HttpRequest) -> list[NavItem]:
    if not request.user.is_authenticated:
        return []
    counts = _counts(request)
    here = request.resolver_match.url_name if request.resolver_match else ""
    return [
        NavItem(
            url=reverse(name), label=label, icon=icon, name=name, key=key, count=counts.get(name), current=name == here
        )
        for name, label, icon, key in _RAIL
    ]


def _counts(request: HttpRequest) -> Mapping[str, int]:
    return {}


def _nav_person(request: HttpRequest) -> dict[str, str]:
    if not request.user.is_authenticated:
        return {"name": "", "role_line": ""}
    return {"name": request.user.get_full_name() or request.user.get_username(), "role_line": ""}
