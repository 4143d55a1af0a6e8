"""The link of a survey: worked out from an invitation and the key of the settings, so that no table holds one."""

import base64
import hashlib
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from requests_app.domain.surveys import is_expired
from requests_app.models import OutgoingMail, ServiceRequest, SurveyInvitation

TOKEN_LENGTH = 24
# What stands in a stored mail where the link goes when it is sent.
LINK_MARK, STOP_MARK = "[[survey-link]]", "[[survey-stop]]"


def token_of(invitation: SurveyInvitation) -> str:
    """Give the secret of an invitation: 120 bits in 24 letters and digits, which somebody can type from a slip."""
    digest = salted_hmac("survey link", invitation.seed.hex, algorithm="sha256").digest()
    return base64.b32encode(digest)[:TOKEN_LENGTH].decode().lower()


def hash_of(token: str) -> str:
    """Give what is kept to know a token by."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_of(invitation: SurveyInvitation) -> str:
    """Give the address that opens the survey, for a mail or a slip."""
    return _whole(reverse("survey", args=[token_of(invitation)]))


def invitation_by(token: str) -> SurveyInvitation | None:
    """Find the invitation a token opens; from a slip it may have been typed in capitals."""
    return SurveyInvitation.objects.filter(token_hash=hash_of(token.lower())).first()


def invitation_about(service_request: ServiceRequest) -> SurveyInvitation | None:
    """Find the invitation that was made for a request."""
    return SurveyInvitation.objects.select_related("service_request").filter(service_request=service_request).first()


def takes_answer(invitation: SurveyInvitation, *, now: datetime) -> bool:
    """Say whether an answer may still be given."""
    return not invitation.is_used and not is_expired(expires_at=invitation.expires_at, now=now)


def body_with_links(mail: OutgoingMail) -> str:
    """Give the text of a mail as it leaves: with its link, if it invites to a survey."""
    if LINK_MARK not in mail.body:
        return mail.body
    invitation = SurveyInvitation.objects.filter(mail=mail).first()
    if invitation is None:
        return mail.body
    stop = _whole(reverse("survey_stop", args=[token_of(invitation)]))
    return mail.body.replace(LINK_MARK, link_of(invitation)).replace(STOP_MARK, stop)


def _whole(path: str) -> str:
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}"
