"""What each stored code of an absence, a greeting and an excuse is called on screen."""

from django.utils.translation import gettext_lazy as _

from requests_app.domain.absences import AbsenceKind, AbsenceReason
from requests_app.domain.greetings import GreetingKind
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
