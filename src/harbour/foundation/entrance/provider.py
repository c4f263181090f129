"""The library's OpenID Connect provider, made strict; it looks for a module of this name."""

import hmac
import secrets
from typing import Any, override

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from harbour.foundation.entrance.oidc import tokens
from harbour.foundation.kernel import clock

SUFFIX = "/.well-known/openid-configuration"


class StrictAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # the library has no type hints
    """Speaks with the provider, and believes nothing that is not signed for this very sign-in."""

    @override
    def __init__(self, request: HttpRequest, provider_id: str) -> None:
        super().__init__(request, provider_id)
        self.state: dict[str, Any] = {}

    @property
    @override
    def openid_config(self) -> dict[str, Any]:
        """Return what the provider says of itself, if it is the provider that was meant."""
        config: dict[str, Any] = super().openid_config
        url = self.get_provider().server_url
        meant = url.removesuffix(SUFFIX).rstrip("/")
        if str(config.get("issuer", "")).rstrip("/") != meant:
            raise OAuth2Error("The provider calls itself something else.")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not settings.HARBOUR_PLAIN_HTTP and not str(config[name]).startswith("https://"):
                raise OAuth2Error("The provider does not speak TLS everywhere.")
        return config

    @override
    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Return the one address to which answers come."""
        del app
        return request.build_absolute_uri(reverse("oidc_callback", args=[self.provider_id]))

    def check_answer(self, request: HttpRequest) -> None:
        """Refuse an answer that another provider sent (RFC 9207)."""
        named = request.GET.get("iss")
        if named is None:
            if self.openid_config.get("authorization_response_iss_parameter_supported"):
                raise OAuth2Error("The answer does not say whose it is.")
        elif not hmac.compare_digest(named.encode(), str(self.openid_config["issuer"]).encode()):
            raise OAuth2Error("The answer is another provider's.")

    @override
    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Return who it is, out of a genuine ID token; more may come from the user's details."""
        answer = kwargs["response"]
        claims = self._proved(app, str(answer.get("id_token", "")), token.token)
        if app.settings.get("fetch_userinfo"):
            more = self._fetch_user_info(token.token)
            if more.get("sub") != claims["sub"]:
                raise OAuth2Error("The details are somebody else's.")
            claims = {**more, **claims}
        found: SocialLogin = self.get_provider().sociallogin_from_response(
            request, {"id_token": claims}
        )
        found.claims = claims
        found.id_token = answer["id_token"]
        return found

    def _proved(self, app: SocialApp, id_token: str, access_token: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            response = session.get(self.openid_config["jwks_uri"])
            response.raise_for_status()
        asked = self.state.get("data") or {}
        expected = tokens.Expected(
            issuer=self.openid_config["issuer"],
            client_id=app.client_id,
            nonce=str(asked.get("nonce") or secrets.token_hex()),
            now=clock.now().timestamp(),
            asked_within=settings.HARBOUR_PROOF_FRESH if asked.get("again") else None,
        )
        try:
            return tokens.verify(
                id_token, keys=response.json()["keys"], access_token=access_token, expected=expected
            )
        except tokens.Unproved as problem:
            raise OAuth2Error(f"The ID token fails its check of: {problem}") from problem


class AgencyProvider(OpenIDConnectProvider):  # type: ignore[misc]  # the library has no type hints
    """A partner's own sign-in."""

    id = "oidc"
    name = "An agency's sign-in"
    package = "harbour.foundation.entrance.oidc"
    oauth2_adapter_class = StrictAdapter

    @override
    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Keep nothing of what the provider told but whose word it was."""
        return {"iss": data["id_token"]["iss"]}

    def begin(self, request: HttpRequest, *, next_url: str, again: bool) -> HttpResponse:
        """Lead to the provider, with a question that only this session can have asked."""
        nonce = secrets.token_urlsafe(32)
        asked = {"nonce": nonce}
        if again:
            asked |= {"prompt": "login", "max_age": "0"}
        answer: HttpResponse = self.redirect(
            request,
            process=AuthProcess.LOGIN,
            next_url=next_url or None,
            data={"nonce": nonce, "again": again},
            auth_params=asked,
        )
        return answer


provider_classes = [AgencyProvider]
