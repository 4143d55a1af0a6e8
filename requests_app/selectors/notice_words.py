"""Notices in words: to whoever got them, and to whoever looks up who was told what."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.notice_kinds import WEIGHTS, Weight
from requests_app.domain.stages import LadderStage
from requests_app.models import LadderRung, Notice, OutgoingMail
from requests_app.selectors.ladder import read_rung
from requests_app.selectors.ladder_words import AUDIENCE_WORDS, when_words

Kind = Notice.Kind
TO_YOU: Mapping[str, str | Promise] = {
    Kind.REMINDER: _("An answer is owed"),
    Kind.DIGEST: _("A late answer"),
    Kind.NUDGE: _("You are reminded of a request"),
    Kind.ASSIGNED: _("A request was given to you"),
    Kind.UNOWNED: _("Nobody took a request; it is yours now"),
    Kind.CONSULTED: _("You are asked about a request"),
    Kind.RELIEVED: _("A request is with somebody else now"),
    Kind.ESCALATED: _("Escalated to you: accept it or send it back"),
    Kind.ESCALATION: _("News of an escalation"),
    Kind.THANKED: _("Somebody thanked you"),
    Kind.WITHDRAWN: _("Thanks or an award of yours were taken back"),
    Kind.WATCHDOG: _("Morning check"),
    Kind.ABSENCE: _("An absence: greeting and automatic reply"),
    Kind.COVER: _("You stand in for a colleague"),
    Kind.EXCUSAL: _("An excuse for a late answer"),
    Kind.POLICY: _("The policy: read and attest it, or its review is due"),
    Kind.UNDELIVERED: _("A mail did not arrive"),
    Kind.POLICY: _("The policy is to be read, or reviewed"),
    Kind.REPORT: _("The compliance report of a month"),
    Kind.PULSE: _("How do we work together? Five questions, no names"),
    Kind.SUGGESTION: _("A suggestion of staff"),
    Kind.UNDECIDED: _("A suggestion is to be decided"),
    Kind.TRAINING: _("Training is to be taken"),
    Kind.STALE_ANSWER: _("A shared answer is to be read again"),
    Kind.REFERRAL: _("A referral card is to be checked"),
}
TO_THEM: Mapping[str, str | Promise] = {
    Kind.REMINDER: _("Reminder"),
    Kind.DIGEST: _("Told of lateness"),
    Kind.NUDGE: _("Reminder sent by a person"),
    Kind.ASSIGNED: _("Given to them"),
    Kind.UNOWNED: _("Nobody took it; it became theirs"),
    Kind.CONSULTED: _("Asked about it"),
    Kind.RELIEVED: _("Told that it is with somebody else"),
    Kind.ESCALATED: _("Escalated to them"),
    Kind.ESCALATION: _("News of an escalation"),
    Kind.THANKED: _("Told of the thanks"),
    Kind.WITHDRAWN: _("Told that thanks were taken back"),
    Kind.COVER: _("Told that they stand in"),
    Kind.EXCUSAL: _("Asked about an excuse"),
    Kind.UNDELIVERED: _("Told that a mail did not arrive"),
}
# What a mail server or our own check says, by how it begins; anything else is said as "could not be sent".
_FAULTS: tuple[tuple[str, str | Promise], ...] = (
    ("SMTPRecipientsRefused", _("the mail server refused the address")),
    ("SMTPSenderRefused", _("the mail server refuses mail from this system")),
    ("SMTPAuthenticationError", _("the mail server did not let this system in")),
    ("SMTPConnectError", _("the mail server could not be reached")),
    ("ConnectionRefusedError", _("the mail server could not be reached")),
    ("SMTPServerDisconnected", _("the mail server hung up")),
    ("TimeoutError", _("the mail server did not answer in time")),
    ("gaierror", _("the mail server could not be found")),
    ("SMTPDataError", _("the mail server refused the mail")),
    ("SMTPResponseException", _("the mail server refused the mail")),
    ("ValueError", _("the address cannot be used")),
)


def kinds_weighing(weight: Weight) -> list[str]:
    """Name the kinds of notices of a weight, as their readers see them, in the order of the table."""
    return [str(TO_YOU[kind]) for kind, each in WEIGHTS.items() if each is weight]


class RungWords:
    """The rungs of the ladder, read once when first asked (one query)."""

    @cached_property
    def _stages(self) -> dict[str, LadderStage]:
        return {rung.code: stage for rung in LadderRung.objects.all() if (stage := read_rung(rung)) is not None}

    def when(self, notice: Notice) -> str:
        """Say when the rung behind a notice comes; nothing for a notice of no rung, or one that is gone."""
        stage = self._stages.get(notice.firing.stage) if notice.firing is not None else None
        return when_words(stage) if stage else ""

    def rung(self, notice: Notice) -> str:
        """Name the rung behind a notice: "the supervisor, when it has become late"."""
        stage = self._stages.get(notice.firing.stage) if notice.firing is not None else None
        if stage is None:
            return ""
        return gettext("rung for %(whom)s: %(when)s") % {
            "whom": AUDIENCE_WORDS[stage.audience], "when": when_words(stage),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class MailState:
    """How far the mail of a notice came: words, the instant of its sending, the kind and icon of its tag."""

    words: str
    tag: str
    icon: str
    mail: OutgoingMail | None = None

    @property
    def is_waiting(self) -> bool:
        """Say whether the mail is still to go."""
        waiting = (OutgoingMail.Status.PENDING, OutgoingMail.Status.CLAIMED)
        return self.mail is not None and self.mail.status in waiting


def mail_state_of(mail: OutgoingMail | None) -> MailState:
    """Say what became of a mail."""
    if mail is None:
        return MailState(gettext("no mail"), "beside", "dash-circle")
    if mail.status == OutgoingMail.Status.SENT:
        return MailState(gettext("sent"), "good", "check-circle", mail)
    if mail.status == OutgoingMail.Status.FAILED:
        words = gettext("not delivered: %(why)s") % {"why": fault_words(mail.last_error)}
        return MailState(words, "over", "exclamation-octagon-fill", mail)
    words = gettext("waits") if not mail.attempts else gettext("waits, is tried again")
    return MailState(words, "", "clock", mail)


def fault_words(last_error: str) -> str:
    """Say in plain words why a mail was given up."""
    found = next((words for start, words in _FAULTS if last_error.startswith(start)), None)
    return str(found or gettext("it could not be sent"))
