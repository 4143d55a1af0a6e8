"""Greetings of somebody who is away: three texts from one set of facts, and what each must say (III.b.ii.5)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from requests_app.domain.text import normalise_text
from requests_app.domain.wording import Style, format_date, language_of


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


def compose(kind: GreetingKind, facts: GreetingFacts, *, language: str) -> str:
    """Write one greeting in English or Spanish, English for any other language."""
    patterns = _PATTERNS[language_of(language)]
    parts = [patterns["open", kind].format(name=facts.name, department=facts.department)]
    if facts.returns_on:
        back = format_date(facts.returns_on, language=language, style=Style.LONG)
        parts.append(patterns["back", None].format(date=back))
    else:
        parts.append(patterns["unknown", None])
    if facts.alternative:
        reached_at = _ways(facts.alternative, kind)
        pattern = patterns["turn_to", None] if reached_at else patterns["turn_to_name", None]
        parts.append(pattern.format(name=facts.alternative.name, ways=reached_at))
    parts.append(patterns["close", kind])
    return " ".join(parts)


def missing_elements(texts: dict[GreetingKind, str], facts: GreetingFacts, *, language: str) -> frozenset[Element]:
    """Say which of the four elements the texts lack, declined ones with a reason aside (III.b.ii.5.a-d).

    An element is there when every text has it; a text somebody changed is judged by what it says, not by how.
    """
    found = {element for element in Element if all(_has(element, text, facts, language) for text in texts.values())}
    inside, outside = texts.get(GreetingKind.EMAIL_INTERNAL, ""), texts.get(GreetingKind.EMAIL_EXTERNAL, "")
    if facts.one_text_reason.strip() or (inside.strip() and inside != outside):
        found.add(Element.INSIDE_AND_OUTSIDE)
    return frozenset(Element) - found


def _has(element: Element, text: str, facts: GreetingFacts, language: str) -> bool:
    said = normalise_text(text)
    if element is Element.NAME_AND_DEPARTMENT:
        return normalise_text(facts.name) in said and normalise_text(facts.department) in said
    if element is Element.RETURN_DATE:
        return _says_return(said, facts, language)
    if element is Element.ALTERNATIVE:
        is_named = facts.alternative is not None and normalise_text(facts.alternative.name) in said
        return is_named or bool(facts.no_alternative_reason.strip())
    return False  # inside and outside are two texts: no one of them can say


def _says_return(said: str, facts: GreetingFacts, language: str) -> bool:
    if facts.returns_on is None:
        return normalise_text(_PATTERNS[language_of(language)]["unknown_words", None]) in said
    shapes = (format_date(facts.returns_on, language=language, style=style) for style in Style)
    return any(normalise_text(shape) in said for shape in shapes)


def _ways(alternative: Alternative, kind: GreetingKind) -> str:
    """Give how to reach the alternative: a voicemail says a telephone first, a mail the address."""
    ways = (alternative.phone, alternative.email)
    return ", ".join(way for way in (ways if kind in (_VOICE, _VOICE_INSIDE) else reversed(ways)) if way)


_Pattern = dict[tuple[str, GreetingKind | None], str]
_VOICE, _VOICE_INSIDE, _OUTSIDE, _INSIDE = GreetingKind
# The texts written for every absence; the voicemail greeting for colleagues only where somebody wants one.
USUAL_KINDS = (_VOICE, _OUTSIDE, _INSIDE)
_PATTERNS: dict[str, _Pattern] = {
    "en": {
        ("open", _VOICE): "You have reached {name}, {department}, City of Pinole. I am away now.",
        ("open", _VOICE_INSIDE): "This is {name}, {department}. I am away now.",
        ("open", _OUTSIDE): "Thank you for writing. This is {name}, {department}, City of Pinole; I am away now.",
        ("open", _INSIDE): "{name}, {department}, is away.",
        ("back", None): "I expect to be back on {date}.",
        ("unknown", None): "The day of my return is not known yet.",
        ("unknown_words", None): "not known yet",
        ("turn_to", None): "Until then please turn to {name}: {ways}.",
        ("turn_to_name", None): "Until then please turn to {name}.",
        ("close", _VOICE): "Or leave your name and number, and I will call you once I am back.",
        ("close", _VOICE_INSIDE): "Or leave a message, and I will come back to you on my return.",
        ("close", _OUTSIDE): "Otherwise I will answer once I am back.",
        ("close", _INSIDE): "What cannot wait is with the person named; everything else waits for my return.",
    },
    "es": {
        ("open", _VOICE): "Se ha comunicado con {name}, {department}, Ciudad de Pinole. En este momento no estoy.",
        ("open", _VOICE_INSIDE): "Soy {name}, {department}. En este momento no estoy.",
        (
            "open",
            _OUTSIDE,
        ): "Gracias por escribir. Soy {name}, {department}, Ciudad de Pinole; ahora no estoy.",
        ("open", _INSIDE): "{name}, {department}, no está.",
        ("back", None): "Espero volver el {date}.",
        ("unknown", None): "La fecha de mi regreso todavía no se sabe.",
        ("unknown_words", None): "todavía no se sabe",
        ("turn_to", None): "Mientras tanto, diríjase a {name}: {ways}.",
        ("turn_to_name", None): "Mientras tanto, diríjase a {name}.",
        ("close", _VOICE): "O deje su nombre y número, y le llamaré a mi regreso.",
        ("close", _VOICE_INSIDE): "O deje un mensaje, y le responderé a mi regreso.",
        ("close", _OUTSIDE): "De lo contrario, le responderé a mi regreso.",
        ("close", _INSIDE): "Lo que no puede esperar queda con la persona nombrada; lo demás espera mi regreso.",
    },
}
