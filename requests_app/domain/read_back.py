"""What is read back to the customer after a contact is logged, in their own language."""

from datetime import date, datetime, tzinfo

from requests_app.domain.wording import format_instant, language_of

_SENTENCES = {
    "en": {
        "number": "Your tracking number is {number}.",
        "standard": "Our standard is {days}: by {due}.",
        "due": "We aim to answer by {due}.",
        "undated": "We will answer; the date is still being worked out.",
        "answered": "Your question was answered today.",
        "no_reply": "We have noted it. No answer will follow.",
        "business_days": "{n} business days",
        "business_day": "one business day",
    },
    "es": {
        "number": "Su número de seguimiento es {number}.",
        "standard": "Nuestra norma es de {days}: a más tardar el {due}.",
        "due": "Esperamos responderle a más tardar el {due}.",
        "undated": "Le responderemos; la fecha todavía se está calculando.",
        "answered": "Su pregunta fue respondida hoy.",
        "no_reply": "Hemos tomado nota. No habrá otra respuesta.",
        "business_days": "{n} días hábiles",
        "business_day": "un día hábil",
    },
}


def read_back_number(number: str, *, language: str) -> str:
    """Return the sentence that gives the tracking number."""
    return _SENTENCES[language_of(language)]["number"].format(number=number)


def read_back_date(
    due_at: datetime, *, business_days: int | None, time_zone: tzinfo, language: str, today: date
) -> str:
    """Return the sentence that gives the answer-by date; with the standard, where that is a number of business days."""
    words = _SENTENCES[language_of(language)]
    due = format_instant(due_at, time_zone=time_zone, language=language, today=today)
    if business_days is None:
        text = words["due"].format(due=due)
    else:
        days = words["business_day"] if business_days == 1 else words["business_days"].format(n=business_days)
        text = words["standard"].format(days=days, due=due)
    return text.replace("..", ".")  # a Spanish time ends in "p. m.", which already closes the sentence


def read_back_outcome(code: str, *, language: str) -> str:
    """Return the sentence for a contact without a date: `undated`, `answered` or `no_reply`."""
    return _SENTENCES[language_of(language)][code]
