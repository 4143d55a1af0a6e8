"""Thanks and awards with words as long and hostile as they come; one award comes out of a commendation."""

from datetime import datetime

from requests_app.domain.recognition import RecognitionKind
from requests_app.selectors.recognition import commendations_to_award
from requests_app.services.recognition import AwardEntry, give_award, thank_colleague, withdraw_recognition
from tests.cast import Cast, actor


def let_people_be_recognised(cast: Cast, *, now: datetime, text: str) -> None:
    """Let colleagues thank each other, one of them in error, and Human Resources give two awards."""
    given = [
        thank_colleague(employee_id=thanked.pk, text=text * 40, actor=actor(by), at=now)
        for thanked, by in ((cast.alice, cast.bob), (cast.bob, cast.fay), (cast.sam, cast.alice))
    ]
    withdraw_recognition(RecognitionKind.THANKS, given[1].pk, reason=text * 3, actor=actor(cast.fay), at=now)
    source = commendations_to_award().get()
    for commendation_id, name in ((source.pk, text), (None, "A" * 120)):
        entry = AwardEntry(
            employee_id=source.employee_id,
            name=name,
            occasion=text * 4,
            on=now.date(),
            commendation_id=commendation_id,
        )
        give_award(entry, actor=actor(cast.hana), at=now)
