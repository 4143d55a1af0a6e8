"""The application that holds the product."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequestsAppConfig(AppConfig):
    """Register the product and its system checks."""

    name = "requests_app"
    verbose_name = _("Service requests")

    def ready(self) -> None:
        """Import the checks and what listens to sign-in, which register themselves."""
        from requests_app import checks  # noqa: F401  # imported for its registrations
        from requests_app.views import account_events, counter_sign_ins, sign_in_evidence  # noqa: F401  # as above
