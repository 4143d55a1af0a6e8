"""In whose place somebody is told, as mails and pages say it: until when, never why (DOMAIN 4)."""

from datetime import datetime

from django.utils.translation import gettext

from requests_app.models import Employee
from requests_app.selectors.away_words import AwayWords
from requests_app.selectors.whereabouts import Whereabouts


class CoverWords:
    """Words for who is away at `now`, in the language in force; the whereabouts are read when first asked."""

    def __init__(self, *, now: datetime) -> None:
        self._away = AwayWords(Whereabouts(now))

    def named(self, employee: Employee | None) -> str:
        """Name somebody, and that they are away: "Ana Owner, away until Thu 3 Dec"; nothing for nobody."""
        if employee is None:
            return ""
        until = self._away.until(employee.pk)
        return f"{employee.name}, {until}" if until else employee.name

    def in_place_of(self, employee: Employee | None) -> str:
        """Say for whom something is told: "for Ana Owner, away until Thu 3 Dec"; nothing for nobody."""
        return gettext("for %(name)s") % {"name": self.named(employee)} if employee else ""
