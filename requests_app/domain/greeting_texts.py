"""What whoever is away says meanwhile: written from the register, in English and Spanish (III.b.ii.5)."""

from requests_app.domain.greetings import Alternative, GreetingFacts, GreetingKind, spoken_name
from requests_app.domain.wording import Style, format_date, language_of


def compose(kind: GreetingKind, facts: GreetingFacts, *, language: str) -> str:
    """Write one greeting in English or Spanish, English for any other language."""
    patterns = _PATTERNS[language_of(language)]
    parts = [patterns["open", kind].format(name=spoken_name(facts.name), department=facts.department)]
    if facts.returns_on:
        back = format_date(facts.returns_on, language=language, style=Style.LONG)
        parts.append(patterns["back", None].format(date=back))
    else:
        parts.append(patterns["unknown", None])
    if facts.alternative:
        reached_at = _ways(facts.alternative, kind)
        pattern = patterns["turn_to", None] if reached_at else patterns["turn_to_name", None]
        parts.append(pattern.format(name=spoken_name(facts.alternative.name), ways=reached_at))
    parts.append(patterns["close" if facts.alternative else "close_alone", kind])
    return " ".join(parts)


def _ways(alternative: Alternative, kind: GreetingKind) -> str:
    """Give how to reach the alternative: a voicemail says a telephone first, a mail the address."""
    ways = (alternative.phone, alternative.email)
    return ", ".join(way for way in (ways if kind in (_VOICE, _VOICE_INSIDE) else reversed(ways)) if way)


_Pattern = dict[tuple[str, GreetingKind | None], str]
_VOICE, _VOICE_INSIDE, _OUTSIDE, _INSIDE = GreetingKind
_PATTERNS: dict[str, _Pattern] = {
    "en": {
        ("open", _VOICE): "You have reached {name}, {department}, City of Pinole. I am away now.",
        ("open", _VOICE_INSIDE): "This is {name}, {department}. I am away now.",
        ("open", _OUTSIDE): "Thank you for writing. This is {name}, {department}, City of Pinole; I am away now.",
        ("open", _INSIDE): "{name}, {department}, is away.",
        ("back", None): "I expect to be back on {date}.",
        ("unknown", None): "The day of my return is not known yet.",
        ("turn_to", None): "Until then please turn to {name}: {ways}.",
        ("turn_to_name", None): "Until then please turn to {name}.",
        ("close", _VOICE): "Or leave your name and number, and I will call you once I am back.",
        ("close", _VOICE_INSIDE): "Or leave a message, and I will come back to you on my return.",
        ("close", _OUTSIDE): "Otherwise I will answer once I am back.",
        ("close", _INSIDE): "What cannot wait goes there; everything else waits for my return.",
        ("close_alone", _VOICE): "Please leave your name and number, and I will call you once I am back.",
        ("close_alone", _VOICE_INSIDE): "Please leave a message, and I will come back to you on my return.",
        ("close_alone", _OUTSIDE): "I will answer once I am back.",
        ("close_alone", _INSIDE): "What you send waits for my return.",
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
        ("turn_to", None): "Mientras tanto, diríjase a {name}: {ways}.",
        ("turn_to_name", None): "Mientras tanto, diríjase a {name}.",
        ("close", _VOICE): "O deje su nombre y número, y le llamaré a mi regreso.",
        ("close", _VOICE_INSIDE): "O deje un mensaje, y le responderé a mi regreso.",
        ("close", _OUTSIDE): "De lo contrario, le responderé a mi regreso.",
        ("close", _INSIDE): "Lo que no puede esperar va allí; lo demás espera mi regreso.",
        ("close_alone", _VOICE): "Deje su nombre y número, y le llamaré a mi regreso.",
        ("close_alone", _VOICE_INSIDE): "Deje un mensaje, y le responderé a mi regreso.",
        ("close_alone", _OUTSIDE): "Le responderé a mi regreso.",
        ("close_alone", _INSIDE): "Lo que me envíe espera mi regreso.",
    },
}
