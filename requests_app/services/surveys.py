"""Ask residents how it went, take their answers, and keep who they are out of it (III.c.ii).

No answer is written to the audit trail: an entry with an instant would be the one thing that tells when it was given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

import structlog
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from requests_app.domain.notice_texts import LANGUAGES, TextCode
from requests_app.domain.surveys import Question, SurveyRoute, Unasked, month_of, why_not_asked
from requests_app.models import (
    OutgoingMail,
    PulseTally,
    ServiceRequest,
    SurveyAddressee,
    SurveyAnswer,
    SurveyInvitation,
)
from requests_app.selectors.access import SYSTEM, Actor
from requests_app.selectors.choices import current_choices
from requests_app.selectors.notice_texts import notice_texts
from requests_app.selectors.survey_links import LINK_MARK, STOP_MARK, hash_of, invitation_by, takes_answer, token_of
from requests_app.selectors.surveys import address_of, keys_of, matter_of, requests_to_ask_about
from requests_app.services.events import record_audit
from requests_app.services.mail_texts import new_mail_to
from requests_app.services.sweeps import claim_local_day
from requests_app.services.transitions import lock_request

logger = structlog.get_logger(__name__)


class AskedLately(Exception):
    """This person was asked within the quiet time, or wants no more of it."""


class NotAsked(Exception):
    """Nobody is asked about this request; `reason` says why."""

    def __init__(self, reason: Unasked) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Receipt(StrEnum):
    """What became of an answer that was sent in."""

    RECORDED = "recorded"
    ALREADY = "already"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGiven:
    """What somebody said: a score for each statement they answered, and words."""

    scores: Mapping[Question, int] = field(default_factory=dict)
    comment: str = ""


def invite_to_surveys(*, now: datetime) -> dict[str, int]:
    """Invite by mail whoever may be asked about what was closed lately; may run twice, at once or not at all."""
    invited = 0
    if current_choices().survey_by_mail:
        for request_id in list(requests_to_ask_about(now).values_list("pk", flat=True)):
            invited += _invited(request_id, at=now)
    if invited:
        record_audit("survey_invitations_sent", SurveyInvitation, actor=SYSTEM, at=now, count=invited)
    if claim_local_day("mix_feedback", now=now):
        mix_feedback()
    return {"invited": invited, "addresses_forgotten": forget_addresses(now=now)}


@transaction.atomic
def invite_by_mail(*, request_id: int, at: datetime) -> SurveyInvitation | None:
    """Invite the customer of a closed request by mail; None where there is nobody to ask, or who was asked already.

    Raises AskedLately.
    """
    service_request = lock_request(request_id)
    if SurveyInvitation.objects.filter(service_request=service_request).exists():
        return None
    address = address_of(service_request.customer)
    if not address or why_not_asked(matter_of(service_request), route=SurveyRoute.MAIL):
        return None
    _claim(keys_of(service_request.customer, address), at=at)
    invitation = _new_invitation(service_request, SurveyRoute.MAIL, at=at)
    invitation.mail = _write_mail(invitation, address, at=at)
    invitation.save(update_fields=["mail"])
    return invitation


@transaction.atomic
def make_survey_slip(*, request_id: int, actor: Actor, at: datetime) -> SurveyInvitation:
    """Make the slip with which somebody at the counter may answer; asked again it is the same slip.

    Raises NotAsked where nobody is asked about the request, and AskedLately.
    """
    service_request = lock_request(request_id)
    known = SurveyInvitation.objects.filter(service_request=service_request).first()
    if known is not None:
        if known.route != SurveyRoute.SLIP:
            raise AskedLately
        return known
    reason = why_not_asked(matter_of(service_request), route=SurveyRoute.SLIP)
    if reason is not None:
        raise NotAsked(reason)
    customer = service_request.customer
    _claim(keys_of(customer, address_of(customer)), at=at)
    invitation = _new_invitation(service_request, SurveyRoute.SLIP, at=at)
    record_audit("survey_slip_made", invitation, actor=actor, at=at)
    return invitation


@transaction.atomic
def record_survey_answer(*, token: str, given: AnswerGiven, at: datetime) -> Receipt:
    """Keep an answer, once: whoever sends it again is told that it was received; after the last day none is taken."""
    invitation = invitation_by(token)
    if invitation is None or (not invitation.is_used and not takes_answer(invitation, now=at)):
        return Receipt.OVER
    # Compare and set: of two at once one finds it used.
    if not SurveyInvitation.objects.filter(pk=invitation.pk, is_used=False).update(is_used=True):
        return Receipt.ALREADY
    SurveyAnswer.objects.create(
        department_id=invitation.department_id,
        route=invitation.route,
        channel=invitation.channel,
        language=invitation.language,
        month=invitation.month,
        comment=given.comment.strip(),
        **{question.value: score for question, score in given.scores.items()},
    )
    return Receipt.RECORDED


@transaction.atomic
def stop_asking(*, token: str, at: datetime) -> bool:
    """Ask the person behind a link no more; False for a link that leads to nobody. Again it changes nothing."""
    invitation = invitation_by(token)
    if invitation is None:
        return False
    customer = invitation.service_request.customer
    for key in keys_of(customer, address_of(customer)):
        SurveyAddressee.objects.get_or_create(key_hash=key)
        SurveyAddressee.objects.filter(key_hash=key, stopped_at__isnull=True).update(stopped_at=at)
    return True


def forget_addresses(*, now: datetime) -> int:
    """Empty the address of mails that invited to a survey and are over: who was asked is in the request alone."""
    over = SurveyInvitation.objects.filter(expires_at__lte=now, mail__isnull=False).values("mail")
    done = (OutgoingMail.Status.SENT, OutgoingMail.Status.FAILED)
    return OutgoingMail.objects.filter(pk__in=over, status__in=done).exclude(to_address="").update(to_address="")


@transaction.atomic
def mix_feedback() -> None:
    """Write every answer and count again in one transaction, changing nothing.

    PostgreSQL keeps with each row which transaction wrote it: an answer would carry the mark of the invitation or the
    seat that was used with it.
    """
    SurveyAnswer.objects.update(month=F("month"))
    PulseTally.objects.update(count=F("count"))


def _invited(request_id: int, *, at: datetime) -> int:
    """Invite about one request; one that fails is logged and does not keep the others from being asked."""
    try:
        return int(invite_by_mail(request_id=request_id, at=at) is not None)
    except AskedLately:
        return 0
    except Exception as error:
        logger.exception("survey_not_sent", request_id=request_id, error=str(error))
        return 0


def _claim(keys: Sequence[str], *, at: datetime) -> None:
    """Note that somebody is asked now. Raises AskedLately where one of their keys was asked within the quiet time."""
    before = at - timedelta(days=current_choices().survey_quiet_days)
    for key in keys:
        SurveyAddressee.objects.get_or_create(key_hash=key)
        free = SurveyAddressee.objects.filter(
            Q(asked_at__isnull=True) | Q(asked_at__lte=before), key_hash=key, stopped_at__isnull=True
        )
        if not free.update(asked_at=at):
            raise AskedLately


def _new_invitation(service_request: ServiceRequest, route: SurveyRoute, *, at: datetime) -> SurveyInvitation:
    invitation = SurveyInvitation(
        service_request=service_request,
        department=service_request.department,
        route=route.value,
        channel=service_request.channel,
        language=service_request.language,
        month=month_of(timezone.localdate(at)),
        invited_at=at,
        expires_at=at + timedelta(days=current_choices().survey_link_days),
    )
    invitation.token_hash = hash_of(token_of(invitation))
    invitation.save(force_insert=True)
    return invitation


def _write_mail(invitation: SurveyInvitation, address: str, *, at: datetime) -> OutgoingMail:
    """Write the mail in the customer's language, English where it is none of ours; the link comes in when it leaves."""
    language = language_of(invitation)
    with translation.override(language):
        context = {
            "number": invitation.service_request.number,
            "link": LINK_MARK,
            "stop": STOP_MARK,
            "expires_on": date_format(timezone.localtime(invitation.expires_at), "j F Y"),
            "footer": notice_texts(language)[TextCode.FOOTER],
        }
        body = render_to_string("emails/survey.txt", context)
        return new_mail_to(address, subject=gettext("City of Pinole: how did we do?"), body=body, at=at)


def language_of(invitation: SurveyInvitation) -> str:
    """Give the language somebody is asked in: their own where the survey is in it, else English."""
    return invitation.language if invitation.language in LANGUAGES else LANGUAGES[0]
