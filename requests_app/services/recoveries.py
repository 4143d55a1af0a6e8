"""A lost second factor: asked for after the password, confirmed by Human Resources, used once."""

import base64
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.models import CounterPin, CounterSeat, Employee, FactorRecovery
from requests_app.selectors.access import SYSTEM, Actor, actor_for_employee
from requests_app.selectors.recoveries import hash_of_code
from requests_app.services.events import record_audit
from requests_app.services.mail_texts import STAFF_LANGUAGE, new_mail
from requests_app.services.sign_ins import end_sign_ins

VALID_FOR = timedelta(hours=24)
_CODE_BYTES = 20
_ASKED = _(
    "Somebody who typed your password asked Human Resources to replace your second factor. "
    "If it was you, go and see them. If it was not, tell them, and change your password now."
)
_CONFIRMED = _(
    "Human Resources confirmed that you lost your second factor and gave out a code for one sign-in, good for a day. "
    "If you did not receive it, tell them at once."
)
_REFUSED = _("Human Resources refused to replace your second factor.")
_USED = _("Your second factors and your PIN were removed, and you were signed out everywhere. Set up a new one now.")


class RecoveryRefusal(StrEnum):
    """Why a recovery was not decided."""

    OWN = "own"
    DECIDED = "decided"


class RecoveryRefused(Exception):
    """A decision that this person may not take, or that was taken."""

    def __init__(self, refusal: RecoveryRefusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@transaction.atomic
def ask_recovery(employee: Employee, *, at: datetime) -> FactorRecovery:
    """Put somebody who gave the right password before Human Resources; asking again while it waits changes nothing."""
    row, is_new = FactorRecovery.objects.get_or_create(employee=employee, decided_at=None, defaults={"asked_at": at})
    if is_new:
        # A password alone does not say who it was: nobody is the actor.
        record_audit("recovery_requested", row, actor=SYSTEM, at=at)
        _tell(employee, _ASKED, at=at)
    return row


@transaction.atomic
def confirm_recovery(recovery_id: int, *, identified_how: str, actor: Actor, at: datetime) -> str:
    """Give the code to hand over, which nobody can read again; codes given out before are void.

    Raises RecoveryRefused.
    """
    row = _open(recovery_id, actor=actor)
    code = base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode()
    FactorRecovery.objects.filter(employee=row.employee, used_at=None).update(code_hash="")
    row.decided_at, row.decided_by, row.identified_how = at, actor.employee, identified_how
    row.code_hash, row.code_expires_at = hash_of_code(code), at + VALID_FOR
    row.save()
    record_audit("recovery_confirmed", row, actor=actor, at=at, fields={"identified_how": identified_how})
    _tell(row.employee, _CONFIRMED, at=at)
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


@transaction.atomic
def refuse_recovery(recovery_id: int, *, actor: Actor, at: datetime) -> None:
    """Refuse to replace a second factor. Raises RecoveryRefused."""
    row = _open(recovery_id, actor=actor)
    row.decided_at, row.decided_by = at, actor.employee
    row.save(update_fields=["decided_at", "decided_by"])
    record_audit("recovery_refused", row, actor=actor, at=at)
    _tell(row.employee, _REFUSED, at=at)


@transaction.atomic
def use_recovery(row: FactorRecovery, *, at: datetime) -> bool:
    """Use up a code: every old factor, PIN and open sign-in of its person is gone. False for one used meanwhile."""
    if not FactorRecovery.objects.filter(pk=row.pk, used_at=None, code_expires_at__gt=at).update(used_at=at):
        return False
    employee = row.employee
    if employee.user_id is not None:
        Authenticator.objects.filter(user_id=employee.user_id).delete()
        end_sign_ins(user_id=employee.user_id, at=at)
    CounterPin.objects.filter(employee=employee).delete()
    CounterSeat.objects.filter(employee=employee).delete()
    record_audit("recovery_used", row, actor=actor_for_employee(employee), at=at)
    _tell(employee, _USED, at=at)
    return True


def _open(recovery_id: int, *, actor: Actor) -> FactorRecovery:
    row = FactorRecovery.objects.select_for_update().get(pk=recovery_id)
    if row.employee_id == actor.employee_id:
        raise RecoveryRefused(RecoveryRefusal.OWN)
    if row.decided_at is not None:
        raise RecoveryRefused(RecoveryRefusal.DECIDED)
    return row


def _tell(employee: Employee, text: str | Promise, *, at: datetime) -> None:
    if not employee.email:
        return
    with translation.override(STAFF_LANGUAGE):
        new_mail(employee, subject=str(_("Your second factor")), body=str(text), at=at)
