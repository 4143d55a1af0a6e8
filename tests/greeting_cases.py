"""Somebody who is away, and what may be done with their greetings."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from requests_app.domain.greetings import GreetingKind, TextKey
from requests_app.models import Absence, Department, Employee, Greeting
from requests_app.selectors.greetings import GreetingDesk, absences_with_greetings
from requests_app.services.greetings import change_greeting, check_greetings, clear_greetings, set_greetings
from tests.cast import Cast, actor
from tests.factories import NOW, AbsenceFactory

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Tue 24 Nov 8:00 am to Mon 30 Nov 8:00 am in Pinole; Thanksgiving closes Thu and Fri.
STARTS, ENDS = datetime(2026, 11, 24, 16, tzinfo=UTC), datetime(2026, 11, 30, 16, tzinfo=UTC)
VOICEMAIL: TextKey = (GreetingKind.VOICEMAIL, "en")
OUTSIDE: TextKey = (GreetingKind.EMAIL_EXTERNAL, "en")
INSIDE: TextKey = (GreetingKind.EMAIL_INTERNAL, "en")
SPANISH: TextKey = (GreetingKind.VOICEMAIL, "es")


@dataclass
class Away:
    """Alice is away, and Bob stands in."""

    absence: Absence

    def again(self) -> Absence:
        return absences_with_greetings().get(pk=self.absence.pk)

    def set(self, by: Employee, at: datetime = NOW) -> Absence:
        return set_greetings(absence_id=self.absence.pk, version=self.again().version, actor=actor(by), at=at)

    def check(self, by: Employee, at: datetime = NOW, *, is_right: bool = True) -> Absence:
        return check_greetings(absence_id=self.absence.pk, is_right=is_right, actor=actor(by), at=at)

    def clear(self, by: Employee, at: datetime = ENDS) -> Absence:
        return clear_greetings(absence_id=self.absence.pk, actor=actor(by), at=at)

    def change(self, key: TextKey, text: str, by: Employee, at: datetime = NOW) -> Greeting:
        return change_greeting(absence_id=self.absence.pk, key=key, text=text, actor=actor(by), at=at)

    def texts(self) -> dict[TextKey, str]:
        return GreetingDesk().texts(self.again())


def alice_away(cast: Cast) -> Away:
    """Put Alice on leave over Thanksgiving, with Bob standing in."""
    Department.objects.filter(pk=cast.streets.pk).update(phone="510-724-9010")
    Employee.objects.filter(pk=cast.bob.pk).update(extension="12")
    absence = AbsenceFactory.create(
        employee=cast.alice, starts_at=STARTS, ends_at=ENDS, alternate_person=cast.bob, recorded_at=NOW
    )
    return Away(absence)
