"""The step after the password: the library's form, which takes a code of Human Resources as well."""

from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from django.utils import timezone

from requests_app.models import FactorRecovery
from requests_app.selectors.recoveries import recovery_by_code
from requests_app.services.recoveries import use_recovery


class SecondFactorForm(AuthenticateForm):
    """Digits of the app, a recovery code, or the code that Human Resources handed over."""

    recovery: FactorRecovery | None = None

    def clean_code(self) -> str:
        """Take the code of a confirmed recovery; leave any other, and counting the wrong ones, to the library."""
        code = str(self.cleaned_data["code"])
        self.recovery = recovery_by_code(self.user.pk, code, now=timezone.now())
        return code if self.recovery else str(super().clean_code())

    def save(self) -> None:
        """Use the code up, or do what the library does. A code used by another browser meanwhile counts as this one's.

        Both knew password and code; the old factors are gone either way.
        """
        if self.recovery is None:
            super().save()
            return
        use_recovery(self.recovery, at=timezone.now())
        record_authentication(context.request, self.user, "recovery")
