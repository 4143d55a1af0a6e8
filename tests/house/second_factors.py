"""An authenticator app of the tests' own, and a person who uses it."""

import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def give_app(user: User) -> None:
    """Set up the app and recovery codes, as the pages would."""
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)


def digits_now(secret: str = SECRET) -> str:
    """Give what the app shows."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
