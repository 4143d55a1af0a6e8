"""Greetings of somebody who is away: what each text must say, and whether it does (III.b.ii.5)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from requests_app.domain.text import digits_of, normalise_text
from requests_app.domain.wording import language_of, words_in


class GreetingKind(StrEnum):
    """What is set when somebody is away."""

    VOICEMAIL = "voicemail"
    VOICEMAIL_INTERNAL = "voicemail_internal"
    EMAIL_EXTERNAL = "email_external"
    EMAIL_INTERNAL = "email_internal"


class Element(StrEnum):
    """The four elements of III.b.ii.5, by the letter of the clause."""

    NAME_AND_DEPARTMENT = "a"
    RETURN_DATE = "b"
    ALTERNATIVE = "c"
    INSIDE_AND_OUTSIDE = "d"


class ElementState(StrEnum):
    """What became of an element: c and d may be declined, with a reason ("if applicable", "if necessary")."""

    PRESENT = "present"
    DECLINED = "declined"
    LACKING = "lacking"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Whom to turn to meanwhile: a name with a telephone, an address, or both."""

    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class GreetingFacts:
    """What the texts say; why somebody is away is not among it. `returns_on` is None while nobody knows."""

    name: str
    department: str
    returns_on: date | None
    alternative: Alternative | None = None
    no_alternative_reason: str = ""
    one_text_reason: str = ""


# A text by what it is for and its language.
TextKey = tuple[GreetingKind, str]

# The texts written for every absence; Spanish, and a voicemail for colleagues, where somebody wants them.
USUAL_KINDS = (GreetingKind.VOICEMAIL, GreetingKind.EMAIL_EXTERNAL, GreetingKind.EMAIL_INTERNAL)
INSIDE_KINDS = frozenset({GreetingKind.EMAIL_INTERNAL, GreetingKind.VOICEMAIL_INTERNAL})
_OUTSIDE_OF = {
    GreetingKind.EMAIL_INTERNAL: GreetingKind.EMAIL_EXTERNAL,
    GreetingKind.VOICEMAIL_INTERNAL: GreetingKind.VOICEMAIL,
}
_IN_EVERY_TEXT = (Element.NAME_AND_DEPARTMENT, Element.RETURN_DATE, Element.ALTERNATIVE)
_UNKNOWN = {
    "en": ("not known", "unknown", "not sure when", "do not know when", "don't know when"),
    "es": ("no se sabe", "no se conoce", "se desconoce", "no sabemos cuando"),
}
# Words that say why somebody is away. "leave" alone is not among them: callers leave a message.
_WHY = re.compile(
    r"\b(on leave|vacations?|on holiday|sick|ill|illness|medical|surgery|hospital|doctor|injury|maternity|paternity|"
    r"bereavement|funeral|jury duty|family emergency|vacaciones|enferm\w*|de baja|hospital\w*|cirugia|medic[oa]s?|"
    r"maternidad|paternidad|funeral|duelo)\b"
)


def usual_keys(*, is_one_text: bool) -> tuple[TextKey, ...]:
    """Give the texts every absence needs: three in English, two where one text serves inside and outside."""
    kinds = (kind for kind in USUAL_KINDS if not (is_one_text and kind in INSIDE_KINDS))
    return tuple((kind, "en") for kind in kinds)


def spoken_name(name: str) -> str:
    """Give a name as it is said: a roster's "Prueba, Ana" is Ana Prueba."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() else name


def element_states(texts: Mapping[TextKey, str], facts: GreetingFacts) -> dict[Element, ElementState]:
    """Say of each of the four elements whether the texts have it (III.b.ii.5.a-d).

    An element is there when every text has it; a text somebody changed is judged by what it says, not by how.
    """
    said = bool(texts)
    lacking = {element for (_kind, language), text in texts.items() for element in lacks(text, facts, language)}
    states = {
        element: ElementState.PRESENT if said and element not in lacking else ElementState.LACKING
        for element in _IN_EVERY_TEXT
    }
    # III.b.ii.5.c: "if applicable". Where somebody stands in, it is, and no reason helps.
    if said and facts.alternative is None and facts.no_alternative_reason.strip():
        states[Element.ALTERNATIVE] = ElementState.DECLINED
    if _keeps_apart(texts):
        states[Element.INSIDE_AND_OUTSIDE] = ElementState.PRESENT
    else:  # III.b.ii.5.d: "if necessary"
        is_declined = said and facts.one_text_reason.strip()
        states[Element.INSIDE_AND_OUTSIDE] = ElementState.DECLINED if is_declined else ElementState.LACKING
    return states


def missing_elements(texts: Mapping[TextKey, str], facts: GreetingFacts) -> frozenset[Element]:
    """Say which of the four elements the texts lack, those declined with a reason aside."""
    states = element_states(texts, facts)
    return frozenset(element for element, state in states.items() if state is ElementState.LACKING)


def lacks(text: str, facts: GreetingFacts, language: str) -> frozenset[Element]:
    """Say which of the elements a to c one text lacks; d is about two texts, so no one of them can say."""
    said = normalise_text(text)
    has = {
        Element.NAME_AND_DEPARTMENT: _says_name(said, facts.name) and _says_department(said, facts.department),
        Element.RETURN_DATE: _says_return(said, facts.returns_on, language),
        Element.ALTERNATIVE: _says_alternative(said, facts),
    }
    return frozenset(element for element, is_there in has.items() if not is_there)


def words_that_say_why(text: str) -> str:
    """Give the first words that say why somebody is away; empty where none do. It belongs in no greeting."""
    found = _WHY.search(normalise_text(text))
    return found[0] if found else ""


def _keeps_apart(texts: Mapping[TextKey, str]) -> bool:
    """Say whether colleagues get another text than the public: at least one, and none that is the same."""
    inside = [(texts[key], texts.get((_OUTSIDE_OF[key[0]], key[1]), "")) for key in texts if key[0] in INSIDE_KINDS]
    is_written = any(key[0] is GreetingKind.EMAIL_INTERNAL for key in texts)
    return is_written and all(
        normalise_text(mine) and normalise_text(mine) != normalise_text(theirs) for mine, theirs in inside
    )


def _says_name(said: str, name: str) -> bool:
    """First and last name are enough: a middle name may be left out."""
    wanted, words = _words(normalise_text(spoken_name(name))), set(_words(said))
    return bool(wanted) and {wanted[0], wanted[-1]} <= words


def _says_department(said: str, department: str) -> bool:
    """ "Finance" says the Finance Department."""
    wanted = normalise_text(department)
    short = wanted.removeprefix("department of ").removesuffix(" department").removesuffix(" division")
    return any(f" {form} " in f" {' '.join(_words(said))} " for form in {" ".join(_words(wanted)), short} if form)


def _says_return(said: str, returns_on: date | None, language: str) -> bool:
    if returns_on is None:
        return any(words in said for words in _UNKNOWN[language_of(language)])
    return any(re.search(shape, said) for shape in _shapes_of(returns_on, language))


def _shapes_of(on: date, language: str) -> Iterator[str]:
    """Give the ways people write a date: 7 December, December 7th, Dec. 7, 12/7; in Spanish 7 de diciembre."""
    words = words_in(language)
    day = rf"0?{on.day}(?:st|nd|rd|th)?"
    for month in (words.months_long[on.month - 1], words.months[on.month - 1]):
        name = normalise_text(month)
        yield rf"(?<![\d/]){day} (?:de |of )?{name}\b"
        yield rf"\b{name}\.? (?:the )?{day}(?!\w)"
    yield rf"(?<![\d/])0?{on.month}/0?{on.day}(?![\d])"


def _says_alternative(said: str, facts: GreetingFacts) -> bool:
    """A name, a telephone or an address will do: any of them is somebody to turn to (III.b.ii.5.c)."""
    alternative = facts.alternative
    if alternative is None:
        return bool(facts.no_alternative_reason.strip())
    phone = digits_of(alternative.phone)
    return (
        _says_name(said, alternative.name)
        or bool(alternative.email and normalise_text(alternative.email) in said)
        or bool(phone and phone in digits_of(said))
    )


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'&-]+", text)
