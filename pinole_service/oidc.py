"""Signing in at the city's own sign-in page (OpenID Connect: Microsoft Entra or another), for people in the directory.

The library checks state, PKCE, issuer, audience and time. Added here: the signature is checked although the token comes
straight from the provider, the nonce ties it to this browser, and nobody gets an account by coming through this door.
"""

import secrets
from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from requests_app.selectors.sign_ins import user_by_work_address

_NONCE = "oidc_nonce"


class CityTokenAdapter(OpenIDConnectOAuth2Adapter):
    """Take nothing from a token that is not signed by the provider and meant for this browser."""

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        expected = self.request.session.pop(_NONCE, None)
        try:
            claims: dict[str, Any] = jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=self.openid_config["jwks_uri"],
                issuer=app.settings["server_url"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        # The library lets through what a token with a strange header makes of a key.
        except (KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("Invalid id_token") from error
        if not expected or not secrets.compare_digest(expected, str(claims.get("nonce", ""))) or "exp" not in claims:
            raise OAuth2Error("The token was not asked for here")
        return claims


class CityProvider(OpenIDConnectProvider):
    """Send a nonce along."""

    oauth2_adapter_class = CityTokenAdapter

    def get_auth_params(self) -> dict[str, str]:
        """Add a nonce that this browser's session remembers."""
        nonce = secrets.token_urlsafe(16)
        self.request.session[_NONCE] = nonce
        parameters: dict[str, str] = super().get_auth_params()  # type: ignore[no-untyped-call]
        return {**parameters, "nonce": nonce}


class DirectoryOnlyAdapter(DefaultSocialAccountAdapter):
    """Let in whom the directory knows by the address the provider has verified, and link the two once."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account that belongs to this person. Raises ImmediateHttpResponse where there is none."""
        if sociallogin.is_existing:
            return
        claims = sociallogin.account.extra_data.get("id_token", {})
        user = user_by_work_address(str(claims.get("email", ""))) if _is_verified(claims) else None
        if user is None:
            _back_to_sign_in(
                request,
                _("%(name)s knows you, but there is no account here for the address it gave. Ask an administrator.")
                % {"name": settings.OIDC_NAME},
            )
        sociallogin.connect(request, user)

    def on_authentication_error(  # type: ignore[override]  # the library hands everything by name
        self, request: HttpRequest, provider: Any, **kwargs: Any
    ) -> None:
        """Say so on the sign-in page, whatever it was: the details help nobody but an attacker."""
        _back_to_sign_in(request, _("That did not work. Try again, or sign in another way."))


def _is_verified(claims: dict[str, Any]) -> bool:
    # Entra names it xms_edov: the owner of the domain has verified it.
    return any(claims.get(name) in (True, 1, "1", "true") for name in ("email_verified", "xms_edov"))


def _back_to_sign_in(request: HttpRequest, text: str) -> NoReturn:
    messages.error(request, text)
    raise ImmediateHttpResponse(redirect("account_login"))


@require_POST
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the browser to the city's sign-in page."""
    return _run(OAuth2LoginView, request, provider_id)


@require_GET
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take what the city's sign-in page answers."""
    return _run(OAuth2CallbackView, request, provider_id)


def _run(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(CityTokenAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return answer
