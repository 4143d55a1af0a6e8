"""The page of one absence's greetings: the texts side by side, what each lacks, where they stand (III.b.ii.5)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from requests_app.domain.greetings import (
    Element,
    ElementState,
    GreetingFacts,
    GreetingKind,
    TextKey,
    element_states,
    lacks,
    usual_keys,
    words_that_say_why,
)
from requests_app.models import Absence, Greeting
from requests_app.models.absence_words import GREETING_KINDS
from requests_app.models.labels import LANGUAGES
from requests_app.selectors.access import Actor
from requests_app.selectors.greeting_warnings import GreetingWatch, Tracked
from requests_app.selectors.greeting_words import WARNINGS, Sign, Tick, away_words, state_of, tick
from requests_app.selectors.greetings import GreetingRights, greeting_rights, key_of

SPANISH: tuple[TextKey, ...] = ((GreetingKind.VOICEMAIL, "es"), (GreetingKind.EMAIL_EXTERNAL, "es"))
FOR_COLLEAGUES: tuple[TextKey, ...] = ((GreetingKind.VOICEMAIL_INTERNAL, "en"),)
_IN_A_TEXT = (Element.NAME_AND_DEPARTMENT, Element.RETURN_DATE, Element.ALTERNATIVE)
_CHARACTERS_IN_A_ROW = 38


@dataclass(frozen=True, slots=True)
class TextView:
    """One text with its checklist; `says_why` are words in it that tell why somebody is away."""

    key: TextKey
    label: str
    language: str
    text: str
    ticks: list[Tick]
    says_why: str
    is_extra: bool
    is_set: bool

    @property
    def name(self) -> str:
        """Give what forms and ids on the page call it."""
        return f"{self.key[0].value}-{self.key[1]}"

    @property
    def rows(self) -> int:
        """Give how many lines show the whole text where it is narrow."""
        return len(self.text) // _CHARACTERS_IN_A_ROW + 2


@dataclass(frozen=True, slots=True)
class GreetingPage:
    """All that the page shows. `last` is the row that says by whom and when they were set, looked at, taken down."""

    tracked: Tracked
    rights: GreetingRights
    texts: list[TextView]
    ticks: list[Tick]
    state: Sign
    away: str
    warnings: list[str]
    last: Greeting | None
    may_decline_alternative: bool
    may_set: bool
    may_check: bool
    may_clear: bool

    @property
    def absence(self) -> Absence:
        """The absence."""
        return self.tracked.absence

    @property
    def lacks_nothing(self) -> bool:
        """Say whether everything is there, or left out with a reason."""
        return not any(each.sign.kind == "over" for each in self.ticks)

    @property
    def has_spanish(self) -> bool:
        """Say whether the public is told in Spanish too."""
        return any(view.key in SPANISH for view in self.texts)

    @property
    def has_voicemail_for_colleagues(self) -> bool:
        """Say whether colleagues hear a greeting of their own."""
        return any(view.key in FOR_COLLEAGUES for view in self.texts)


def greeting_page(absence: Absence, actor: Actor, *, now: datetime) -> GreetingPage:
    """Read the page of an absence as an actor sees it."""
    watch = GreetingWatch(now)
    tracked, rights = watch.look_at(absence), greeting_rights(actor, absence.employee)
    texts, facts, track = watch.desk.texts(absence), watch.desk.facts(absence), tracked.track
    stored = {key_of(row): row for row in absence.greetings.all()}
    is_over = track.is_over(now)
    usual = usual_keys(is_one_text=bool(absence.one_text_reason))
    views = [
        TextView(
            key=key,
            label=str(GREETING_KINDS[key[0]]),
            language=str(LANGUAGES.get(key[1], gettext("English"))),
            text=text,
            ticks=[tick(element, _state(element, text, facts, key[1])) for element in _IN_A_TEXT],
            says_why=words_that_say_why(text),
            is_extra=key not in usual,
            is_set=key in stored and stored[key].set_at is not None and stored[key].cleared_at is None,
        )
        for key, text in texts.items()
    ]
    is_up = track.first_set_at is not None and track.cleared_at is None
    return GreetingPage(
        tracked=tracked,
        rights=rights,
        texts=views,
        ticks=[tick(element, state) for element, state in element_states(texts, facts).items()],
        state=state_of(track, tracked.stage, now=now),
        away=away_words(track, now=now),
        warnings=[str(WARNINGS[warning]) for warning in tracked.warnings],
        last=next((row for row in stored.values() if row.first_set_at), None),
        may_decline_alternative=facts.alternative is None,
        may_set=rights.sets and not is_over and track.set_at is None,
        may_check=rights.checks and track.set_at is not None,
        may_clear=rights.sets and is_up and track.may_be_cleared(now),
    )


def greeting_state(absence: Absence, actor: Actor, *, now: datetime) -> Sign | None:
    """Say in a sentence where an absence's greetings stand, to who may set them; None for everybody else."""
    if not greeting_rights(actor, absence.employee).sets:
        return None
    tracked = GreetingWatch(now).look_at(absence)
    if absence.removed_at is not None and tracked.track.first_set_at is None:
        return None
    return state_of(tracked.track, tracked.stage, now=now)


def _state(element: Element, text: str, facts: GreetingFacts, language: str) -> ElementState:
    if element in lacks(text, facts, language):
        return ElementState.LACKING
    is_declined = element is Element.ALTERNATIVE and facts.alternative is None
    return ElementState.DECLINED if is_declined else ElementState.PRESENT
