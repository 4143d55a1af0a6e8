"""What somebody has still to do about the greetings of their own absences, for their list of work (III.b.ii.5)."""

from dataclasses import dataclass
from datetime import datetime

from requests_app.domain.greeting_tracks import Stage, stage_of
from requests_app.models import Absence
from requests_app.selectors.greeting_warnings import AHEAD
from requests_app.selectors.greeting_words import Sign, state_of
from requests_app.selectors.greetings import GreetingDesk, absences_of_interest

_TO_DO = (Stage.PENDING, Stage.MISSING, Stage.SET_AGAIN, Stage.TO_CLEAR)


@dataclass(frozen=True, slots=True)
class OwnGreeting:
    """One absence of one's own whose greetings are to be set, or taken down, with where they stand."""

    absence: Absence
    state: Sign


def own_greetings(employee_id: int | None, *, now: datetime) -> list[OwnGreeting]:
    """Give somebody's absences that run, begin soon or are over, whose greetings wait for them.

    One query where nobody is away; few more where somebody is.
    """
    if employee_id is None:
        return []
    desk, found = GreetingDesk(), []
    for absence in absences_of_interest(now, ahead=AHEAD).filter(employee=employee_id):
        track = desk.track(absence)
        stage = stage_of(track, now=now)
        if stage in _TO_DO:
            found.append(OwnGreeting(absence, state_of(track, stage, now=now)))
    return found
