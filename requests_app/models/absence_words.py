"""What each stored code of an absence, a greeting and an excuse is called on screen."""

from django.utils.translation import gettext_lazy as _

from requests_app.domain.absences import AbsenceKind, AbsenceReason
from requests_app.domain.greetings import Element, GreetingKind
from requests_app.models.labels import Labels

ABSENCE_KINDS: Labels = {
    AbsenceKind.PLANNED: _("Planned"),
    AbsenceKind.UNFORESEEN: _("Unforeseen"),
}

ABSENCE_REASONS: Labels = {
    AbsenceReason.LEAVE: _("Leave"),
    AbsenceReason.ILLNESS: _("Illness"),
    AbsenceReason.FAMILY: _("Family"),
    AbsenceReason.TRAINING: _("Training"),
    AbsenceReason.CIVIC: _("Civic duty"),
    AbsenceReason.OTHER: _("Other"),
}

GREETING_KINDS: Labels = {
    GreetingKind.VOICEMAIL: _("Voicemail greeting"),
    GreetingKind.VOICEMAIL_INTERNAL: _("Voicemail greeting for colleagues"),
    GreetingKind.EMAIL_EXTERNAL: _("Automatic reply to the public"),
    GreetingKind.EMAIL_INTERNAL: _("Automatic reply to colleagues"),
}

GREETING_ELEMENTS: Labels = {
    Element.NAME_AND_DEPARTMENT: _("Name and department"),
    Element.RETURN_DATE: _("Expected return date"),
    Element.ALTERNATIVE: _("Whom to turn to meanwhile"),
    Element.INSIDE_AND_OUTSIDE: _("Colleagues and the public kept apart"),
}
