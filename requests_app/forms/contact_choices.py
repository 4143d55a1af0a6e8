"""What the log form offers to choose from; but for the departments lists, so that no choice asks the database."""

from django.utils.translation import gettext_lazy as _

from requests_app.domain.vocabulary import Channel, Disposition
from requests_app.models.labels import CHANNELS, DISPOSITIONS, KINDS, Choices, choices_of
from requests_app.selectors.directory import active_departments
from requests_app.services.entries import ContactOutcome

# Open311 is a way in of its own, never typed by hand.
CHANNEL_CHOICES: Choices = [(code, label) for code, label in choices_of(CHANNELS) if code != Channel.OPEN311.value]
# What somebody waits for while it is being logged; only that can be answered on the spot.
LIVE_CHANNELS = frozenset({Channel.COUNTER.value, Channel.PHONE.value, Channel.COUNCIL.value})
# These lie waiting: when they came in is not when they are logged.
DATED_CHANNELS = frozenset({Channel.VOICEMAIL.value, Channel.EMAIL.value})

OUTCOME_CHOICES: Choices = [
    (ContactOutcome.MESSAGE_TAKEN.value, _("Message taken")),
    (ContactOutcome.ANSWERED.value, _("Answered on the spot")),
    (ContactOutcome.PUT_THROUGH_ANSWERED.value, _("Put through and answered")),
    (ContactOutcome.PUT_THROUGH_VOICEMAIL.value, _("Put through to voicemail")),
]
DISPOSITION_CHOICES: Choices = [
    (code.value, DISPOSITIONS[code]) for code in (Disposition.ANSWERED, Disposition.DONE, Disposition.REFERRED)
]
LANGUAGE_CHOICES: Choices = [
    ("en", _("English")),
    ("es", _("Spanish")),
    ("zh", _("Chinese")),
    ("tl", _("Tagalog")),
    ("other", _("Other")),
]
KIND_CHOICES: Choices = [("", _("As the category says")), *choices_of(KINDS)]


def department_choices() -> Choices:
    """Offer the departments in use, and to leave it to the category (one query)."""
    return [("", _("By its category")), *((str(department.pk), department.name) for department in active_departments())]
