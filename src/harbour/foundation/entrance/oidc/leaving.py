"""Signing out of the provider too (OpenID Connect RP-initiated logout)."""

from urllib.parse import urlencode

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """Return where the provider ends its own session; empty if no provider opened this one."""
    provider_id, token = (request.session.get(name, "") for name in ("provider", "id_token"))
    if not provider_id:
        return ""
    try:
        provider = get_adapter().get_provider(request, provider=provider_id)
        config = provider.get_oauth2_adapter(request).openid_config
    except (SocialApp.DoesNotExist, OAuth2Error, OSError):
        return ""
    end = config.get("end_session_endpoint", "")
    if not end:
        return ""
    back = request.build_absolute_uri(settings.LOGOUT_REDIRECT_URL)
    asked = {"id_token_hint": token, "client_id": provider.app.client_id}
    return f"{end}?{urlencode({**asked, 'post_logout_redirect_uri': back})}"
