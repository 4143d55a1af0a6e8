"""What every page behind the login needs: the navigation, who is signed in, the chosen look."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from requests_app.domain.vocabulary import Role
from requests_app.forms.look import chosen_look
from requests_app.models.labels import ROLES
from requests_app.selectors.access import actor_for
from requests_app.selectors.choices import current_choices
from requests_app.selectors.contacts import may_log
from requests_app.selectors.counters import device_in
from requests_app.selectors.counts import nav_counts
from requests_app.selectors.duties import duties_of
from requests_app.selectors.escalation_lists import LEADS
from requests_app.selectors.reports.scope import may_read_reports


@dataclass(frozen=True, slots=True)
class NavItem:
    """One line of the rail. `key` is the letter after g that leads there; `count` is None where none is shown."""

    url: str
    label: str
    icon: str
    name: str
    key: str
    count: int | None
    current: bool


_RAIL = (
    ("manager_home", _("At a glance"), "bar-chart", "w"),
    ("hr_home", _("This week"), "check-circle", "h"),
    ("front_desk", _("Front desk"), "person-walking", "f"),
    ("my_work", _("My work"), "list-check", "m"),
    ("queue", _("Queue"), "inbox", "q"),
    ("overdue", _("Overdue"), "exclamation-octagon", "o"),
    ("escalations_waiting", _("Escalations"), "arrow-up", "e"),
    ("inbox", _("Inbox"), "bell", "i"),
    ("complaint_board", _("Complaints"), "megaphone", "k"),
    ("request_list", _("All requests"), "journal-text", "a"),
    ("customer_list", _("Customers"), "people", "p"),
    ("absence_list", _("Absences"), "calendar3", "b"),
    ("compliance", _("Compliance"), "bar-chart", "c"),
    ("duty_overview", _("Administration"), "gear", "d"),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Offer the rail, read only when a template asks, and `look` ("light", "dark" or "").

    The rail: `nav_items`, `nav_person`, `page_address`, which leads back to this page, and `counter`, which is None
    except on a counter computer.
    """
    return {
        "nav_items": SimpleLazyObject(lambda: _nav_items(request)),
        "nav_person": SimpleLazyObject(lambda: _nav_person(request)),
        "counter": SimpleLazyObject(lambda: _counter(request)),
        "page_address": SimpleLazyObject(lambda: _page_address(request)),
        "look": chosen_look(request.COOKIES),
    }


def _nav_items(request: HttpRequest) -> list[NavItem]:
    if not request.user.is_authenticated:
        return []
    actor = actor_for(request.user)
    counts = nav_counts(actor, now=timezone.now())
    here = request.resolver_match.url_name if request.resolver_match else ""
    offered = {
        "escalations_waiting": actor.holds(*LEADS) or counts.escalations_waiting > 0,
        "complaint_board": actor.holds(*LEADS),
        "manager_home": actor.holds(Role.CITY_MANAGER),
        "hr_home": actor.holds(Role.HR),
        "front_desk": actor.holds(Role.FRONT_DESK),
        "customer_list": may_log(actor),
        "compliance": may_read_reports(actor),
        "duty_overview": bool(duties_of(actor)),
    }
    return [
        NavItem(reverse(name), str(label), icon, name, key, count=getattr(counts, name, None), current=name == here)
        for name, label, icon, key in _RAIL
        if offered.get(name, True)
    ]


def _nav_person(request: HttpRequest) -> dict[str, str]:
    actor = actor_for(request.user)
    if actor.employee is None:
        return {"name": request.user.get_username(), "role_line": ""}
    held = [role for role in ROLES if actor.holds(Role(role))]
    # Everybody is staff somewhere; it is worth saying only where it is all there is.
    said = [str(ROLES[role]) for role in held if role != Role.STAFF or len(held) == 1]
    return {"name": actor.employee.name, "role_line": ", ".join(dict.fromkeys([*said, actor.employee.department.name]))}


def _counter(request: HttpRequest) -> dict[str, object] | None:
    """Give what locking needs: after how many idle minutes the computer locks itself."""
    if device_in(request.COOKIES) is None:
        return None
    return {"idle_minutes": current_choices().counter_idle_minutes}


def _page_address(request: HttpRequest) -> str:
    """Give the address of this page. An answer to a form has none of its own: then where the form stood."""
    if request.method == "GET":
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    is_ours = came_from.netloc == request.get_host() and came_from.path
    return came_from._replace(scheme="", netloc="", fragment="").geturl() if is_ours else "/"
