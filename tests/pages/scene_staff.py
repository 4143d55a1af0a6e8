"""What staff does among itself: trains, proposes, thanks."""

from datetime import datetime

from tests.cast import Cast
from tests.pages.scene_counter import let_people_be_greeted
from tests.pages.scene_improvements import let_people_propose
from tests.pages.scene_recognition import let_people_be_recognised
from tests.pages.scene_trainings import let_people_train
from tests.shared_answer_cases import shared


def let_staff_act(cast: Cast, *, now: datetime, text: str, names: tuple[str, str, str]) -> None:
    """Fill the registers of staff; the names are of two people and of a suggestion. A compliment has to be there."""
    let_people_propose(cast, now=now, text=text, title=names[2])
    let_people_train(cast, now=now, text=text, names=names[:2])
    let_people_be_recognised(cast, now=now, text=text)
    let_people_be_greeted(cast, now=now, text=text)
    shared(cast.alice, title=names[2][:80], texts={"en": text.replace("{", "").replace("}", ""), "es": "N" * 2000})
