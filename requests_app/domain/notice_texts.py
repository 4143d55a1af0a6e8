"""The sentences people outside and inside get from the product: defaults, and what a city may put in their place.

A text is data: names in braces are filled in, nothing in it is evaluated (III.b.ii.1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from requests_app.domain.placeholders import InvalidText, check_placeholders

LANGUAGES = ("en", "es")
MOST_CHARACTERS = 600


class TextCode(StrEnum):
    """What each text is for."""

    READ_BACK_NUMBER = "read_back_number"
    READ_BACK_STANDARD = "read_back_standard"
    READ_BACK_DUE = "read_back_due"
    READ_BACK_UNDATED = "read_back_undated"
    READ_BACK_ANSWERED = "read_back_answered"
    READ_BACK_NO_REPLY = "read_back_no_reply"
    READ_BACK_HANDED_OVER = "read_back_handed_over"
    READ_BACK_REFERRED = "read_back_referred"
    RECEIPT_SUBJECT = "receipt_subject"
    RECEIPT_LEAD = "receipt_lead"
    INCIDENT_SUBJECT = "incident_subject"
    RECEIPT_HOLIDAYS = "receipt_holidays"
    RECEIPT_REACH = "receipt_reach"
    DIGEST_LEAD = "digest_lead"
    NUDGE_HEADING = "nudge_heading"
    ASSIGNED_HEADING = "assigned_heading"
    UNOWNED_HEADING = "unowned_heading"
    CONSULTED_HEADING = "consulted_heading"
    RELIEVED_HEADING = "relieved_heading"
    ESCALATED_HEADING = "escalated_heading"
    ESCALATION_HEADING = "escalation_heading"
    THANKED_HEADING = "thanked_heading"
    WITHDRAWN_HEADING = "withdrawn_heading"
    WATCHDOG_HEADING = "watchdog_heading"
    ABSENCE_HEADING = "absence_heading"
    COVER_HEADING = "cover_heading"
    EXCUSAL_HEADING = "excusal_heading"
    POLICY_HEADING = "policy_heading"
    UNDELIVERED_HEADING = "undelivered_heading"
    REPORT_HEADING = "report_heading"
    PULSE_HEADING = "pulse_heading"
    SUGGESTION_HEADING = "suggestion_heading"
    UNDECIDED_HEADING = "undecided_heading"
    TRAINING_HEADING = "training_heading"
    STALE_ANSWER_HEADING = "stale_answer_heading"
    REFERRAL_HEADING = "referral_heading"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class NoticeText:
    """One text: what it may name in braces, what it must name, and how it reads by default in each language."""

    en: str
    es: str
    names: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()
    may_be_empty: bool = False

    def default(self, language: str) -> str:
        """Give the default in a language; English where there is none."""
        return self.es if language == "es" else self.en


_NUMBER = frozenset({"number"})
_DUE = frozenset({"due"})
TEXTS: Mapping[TextCode, NoticeText] = {
    TextCode.READ_BACK_NUMBER: NoticeText(
        "Your tracking number is {number}.", "Su número de seguimiento es {number}.", _NUMBER, _NUMBER
    ),
    TextCode.READ_BACK_STANDARD: NoticeText(
        "Our standard is {days}: by {due}.",
        "Nuestra norma es de {days}: a más tardar el {due}.",
        frozenset({"days", "due"}),
        _DUE,
    ),
    TextCode.READ_BACK_DUE: NoticeText(
        "We aim to answer by {due}.", "Esperamos responderle a más tardar el {due}.", _DUE, _DUE
    ),
    TextCode.READ_BACK_UNDATED: NoticeText(
        "We will answer; the date is still being worked out.",
        "Le responderemos; la fecha todavía se está calculando.",
    ),
    TextCode.READ_BACK_ANSWERED: NoticeText("Your question was answered today.", "Su pregunta fue respondida hoy."),
    TextCode.READ_BACK_NO_REPLY: NoticeText(
        "We have noted it. No answer will follow.", "Hemos tomado nota. No habrá otra respuesta."
    ),
    TextCode.READ_BACK_HANDED_OVER: NoticeText(
        "Please file your complaint with {department}. We have kept nothing of what you told us.",
        "Por favor presente su queja ante {department}. No hemos guardado nada de lo que nos contó.",
        frozenset({"department"}),
        frozenset({"department"}),
    ),
    TextCode.READ_BACK_REFERRED: NoticeText(
        "You reach {agency} at {phone}: {hours}.",
        "Puede comunicarse con {agency} al {phone}: {hours}.",
        frozenset({"agency", "phone", "hours"}),
        frozenset({"agency", "phone", "hours"}),
    ),
    TextCode.RECEIPT_SUBJECT: NoticeText(
        "City of Pinole: we have your message, {number}",
        "Ciudad de Pinole: recibimos su mensaje, {number}",
        _NUMBER,
        _NUMBER,
    ),
    TextCode.INCIDENT_SUBJECT: NoticeText(
        "City of Pinole: news of your report, {number}",
        "Ciudad de Pinole: noticias de su reporte, {number}",
        _NUMBER,
        _NUMBER,
    ),
    TextCode.RECEIPT_LEAD: NoticeText(
        "The City of Pinole received your message on {received}.",
        "La Ciudad de Pinole recibió su mensaje el {received}.",
        frozenset({"received"}),
        frozenset({"received"}),
    ),
    TextCode.RECEIPT_HOLIDAYS: NoticeText(
        "City offices observe the holidays listed at {address}.",
        "Las oficinas de la Ciudad cierran los días festivos que se indican en {address}.",
        frozenset({"address"}),
        frozenset({"address"}),
    ),
    TextCode.RECEIPT_REACH: NoticeText(
        "Questions? Call {phone} and give this number.",
        "¿Preguntas? Llame al {phone} y dé este número.",
        frozenset({"phone"}),
        frozenset({"phone"}),
    ),
    TextCode.DIGEST_LEAD: NoticeText("", "", may_be_empty=True),
    TextCode.NUDGE_HEADING: NoticeText("You are reminded of a request", "Le recordamos una solicitud"),
    TextCode.ASSIGNED_HEADING: NoticeText("A request was given to you", "Se le asignó una solicitud"),
    TextCode.UNOWNED_HEADING: NoticeText(
        "Nobody took a request; it is yours now", "Nadie tomó una solicitud; ahora es suya"
    ),
    TextCode.CONSULTED_HEADING: NoticeText("You are asked about a request", "Se le consulta sobre una solicitud"),
    TextCode.RELIEVED_HEADING: NoticeText(
        "A request is with somebody else now", "Otra persona se ocupa ahora de una solicitud"
    ),
    TextCode.ESCALATED_HEADING: NoticeText(
        "Escalated to you: accept it or send it back", "Se le elevó un asunto: acéptelo o devuélvalo"
    ),
    TextCode.ESCALATION_HEADING: NoticeText("News of an escalation", "Novedades de un asunto elevado"),
    TextCode.WITHDRAWN_HEADING: NoticeText("Thanks or an award taken back", "Se retiró un agradecimiento o un premio"),
    TextCode.THANKED_HEADING: NoticeText("Somebody thanked you", "Alguien le dio las gracias"),
    TextCode.WATCHDOG_HEADING: NoticeText(
        "Morning check: something needs an administrator", "Revisión matutina: algo requiere a un administrador"
    ),
    TextCode.ABSENCE_HEADING: NoticeText(
        "An absence: greeting and automatic reply", "Una ausencia: saludo y respuesta automática"
    ),
    TextCode.COVER_HEADING: NoticeText("You stand in for a colleague", "Usted sustituye a un colega"),
    TextCode.EXCUSAL_HEADING: NoticeText("An excuse for a late answer", "Una justificación por respuesta tardía"),
    TextCode.POLICY_HEADING: NoticeText("The customer-service policy", "La política de atención al cliente"),
    TextCode.UNDELIVERED_HEADING: NoticeText(
        "A mail to somebody in your department did not arrive", "Un correo a alguien de su departamento no llegó"
    ),
    TextCode.PULSE_HEADING: NoticeText(
        "How do we work together? Five questions, no names", "¿Cómo trabajamos juntos? Cinco preguntas, sin nombres"
    ),
    TextCode.SUGGESTION_HEADING: NoticeText("A suggestion of staff", "Una sugerencia del personal"),
    TextCode.UNDECIDED_HEADING: NoticeText("A suggestion is to be decided", "Hay una sugerencia por decidir"),
    TextCode.TRAINING_HEADING: NoticeText("Training is to be taken", "Hay una capacitación por tomar"),
    TextCode.STALE_ANSWER_HEADING: NoticeText(
        "A shared answer is to be read again", "Hay una respuesta compartida por revisar"
    ),
    TextCode.REFERRAL_HEADING: NoticeText(
        "A referral card is to be checked", "Hay una tarjeta de derivación por revisar"
    ),
    TextCode.REPORT_HEADING: NoticeText(
        "The compliance report of last month", "El informe de cumplimiento del mes pasado"
    ),
    TextCode.FOOTER: NoticeText(
        "City of Pinole customer service. This mail was sent automatically; a reply to it is not read.",
        "Servicio al cliente de la Ciudad de Pinole. Este correo es automático; no se leen las respuestas.",
    ),
}


def check_text(code: TextCode, text: str) -> str:
    """Give a text as it is to be kept, without blank ends. Raises InvalidText."""
    shape, text = TEXTS[code], text.strip()
    if not text and not shape.may_be_empty:
        raise InvalidText("Write the text, or go back to the default.")
    found = check_placeholders(text, known=shape.names, most_characters=MOST_CHARACTERS)
    if missing := sorted(shape.needed - found):
        raise InvalidText(f"{{{missing[0]}}} is missing: people need it.")
    return text


def default_texts(language: str) -> dict[TextCode, str]:
    """Give every text as it reads where nobody changed it."""
    return {code: text.default(language) for code, text in TEXTS.items()}
