"""Signing in: accounts are made by an administrator, never by the visitor."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Let people in who have an account, and nobody make one."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Answer no."""
        return False
