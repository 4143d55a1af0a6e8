"""What everybody may read of an absence: until when, and who stands in; never why (DOMAIN 4)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from requests_app.models import Department, Employee
from requests_app.selectors.absence_words import day_words
from requests_app.selectors.cover import Detour
from requests_app.selectors.whereabouts import CoverTrouble, Whereabouts

_TROUBLES: Mapping[CoverTrouble, Promise] = {
    CoverTrouble.NOBODY_NAMED: gettext_lazy("Nobody is named to stand in."),
    CoverTrouble.CIRCLE: gettext_lazy("Those who stand in lead back to each other, and all of them are away."),
    CoverTrouble.NOBODY_THERE: gettext_lazy("Everybody named to stand in is away, or has left."),
    CoverTrouble.FIRST_AWAY: gettext_lazy("The first who was named to stand in is away too."),
}


def away_marks(people: Iterable[Employee], whereabouts: Whereabouts) -> dict[int, str]:
    """Say by id until when people are away; asks nothing where those read with `may_be_away` are all there."""
    people = list(people)
    if not any(getattr(person, "may_be_away", True) for person in people):
        return {}
    words = AwayWords(whereabouts)
    return {person.pk: until for person in people if (until := words.until(person.pk))}


class AwayWords:
    """Who is away at the instant of `whereabouts`, in words; nothing is asked of the database before it is needed."""

    def __init__(self, whereabouts: Whereabouts) -> None:
        self._whereabouts = whereabouts

    def until(self, employee_id: int | None) -> str:
        """Write "away until Thu 3 Dec"; nothing for somebody who is there."""
        away = self._whereabouts.away(employee_id) if employee_id is not None else None
        if away is None:
            return ""
        return away_until(away.back_on, at=self._whereabouts.at)

    def stand_in(self, employee_id: int) -> str:
        """Name who stands in for somebody who is away; nothing where nobody does."""
        found = self._whereabouts.stand_in(employee_id)
        return str(self._whereabouts.person(found) or self._whereabouts.department(found) or "")

    def trouble(self, employee_id: int) -> str:
        """Say what is wrong with who stands in for somebody away; nothing where nothing is."""
        found = self._whereabouts.trouble(employee_id)
        return str(_TROUBLES[found]) if found else ""

    def sentence(self, employee: Employee) -> str:
        """Write "Ana Ruiz is away until Thu 3 Dec. Ben Teammate stands in."; nothing for somebody who is there."""
        until = self.until(employee.pk)
        if not until:
            return ""
        parts = {"name": employee.name, "away": until, "to": self.stand_in(employee.pk)}
        if parts["to"]:
            return gettext("%(name)s is %(away)s. %(to)s stands in.") % parts
        return gettext("%(name)s is %(away)s. Nobody stands in.") % parts

    def line(self, employee_id: int | None) -> str:
        """Write "away until Thu 3 Dec, Ben Teammate stands in"; nothing for somebody who is there."""
        until = self.until(employee_id)
        if employee_id is None or not until:
            return ""
        name = self.stand_in(employee_id)
        if name:
            return gettext("%(away)s, %(name)s stands in") % {"away": until, "name": name}
        return gettext("%(away)s, nobody stands in") % {"away": until}


def away_until(back_on: date | None, *, at: datetime) -> str:
    """Write until when somebody is away, seen at an instant: the day they are back."""
    if back_on is None:
        return gettext("away, return not known yet")
    return gettext("away until %(day)s") % {"day": day_words(back_on, today=timezone.localdate(at))}


def detour_words(detour: Detour, *, at: datetime) -> str:
    """Say why work goes elsewhere: "Ana Ruiz is away until Thu 3 Dec. Ben Teammate stands in."."""
    parts = {"name": detour.away.name, "away": away_until(detour.back_on, at=at), "to": str(detour.to)}
    if detour.is_left:
        return gettext("%(name)s is %(away)s. It is left with %(name)s all the same.") % parts
    if detour.stands_in:
        return gettext("%(name)s is %(away)s. %(to)s stands in.") % parts
    if isinstance(detour.to, Department):
        return gettext("%(name)s is %(away)s. Nobody stands in: it goes to the queue of %(to)s.") % parts
    return gettext("%(name)s is %(away)s. Nobody stands in: it goes to %(to)s.") % parts
