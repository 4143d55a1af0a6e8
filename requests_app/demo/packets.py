"""A closed month that Human Resources has sealed: the worker makes the packet as soon as it runs."""

from datetime import datetime

from django.utils import timezone

from requests_app.demo.roster import Roster
from requests_app.domain.periods import Month
from requests_app.selectors.access import actor_for_employee
from requests_app.services.packets import ask_for_packet


def seed_packet(roster: Roster, *, until_at: datetime) -> None:
    """Ask for the packet of the month before the last day of the story."""
    month = Month.of(timezone.localdate(until_at)).plus(-1)
    ask_for_packet(month=month, actor=actor_for_employee(roster.by_login["hr"]), at=until_at)
