"""Who must show a second factor, and who has one."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User

from requests_app.domain.vocabulary import Role
from requests_app.selectors.access import Actor, actor_for
from requests_app.selectors.recoveries import has_recovered

# Who reads something confidential by right (selectors/visibility.py), who decides what others may do, and who reads
# everything, masked or by invitation.
_ROLES = (
    Role.HR, Role.ADMINISTRATOR, Role.CITY_MANAGER, Role.DEPARTMENT_HEAD, Role.SUPERVISOR, Role.ATTORNEY, Role.AUDITOR,
    Role.RECORDS_CLERK,
)  # fmt: skip
_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def needs_second_factor(actor: Actor) -> bool:
    """Say whether a password alone is too little for what this person may read or change."""
    return actor.holds(*_ROLES)


def lacks_second_factor(user: User) -> bool:
    """Say whether somebody who needs a second factor has none; the keepers of the inspection pages need one too.

    So does whoever lost one and was let in by Human Resources.
    """
    if not (user.is_staff or needs_second_factor(actor_for(user)) or has_recovered(user.pk)):
        return False
    return not Authenticator.objects.filter(user_id=user.pk, type__in=_FACTORS).exists()
