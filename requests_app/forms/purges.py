"""Asking for a purge: nothing is typed, and it is offered only where there is something to remove."""

from requests_app.forms.requests import ActionForm
from requests_app.selectors.purges import has_numbers


class PurgeForm(ActionForm):
    """Card and social-security numbers to be removed for good."""

    @property
    def is_offered(self) -> bool:
        """Say whether the request holds such a number."""
        return has_numbers(self.service_request)
