"""Leading to a provider, and taking its answer."""

from typing import Any, override

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from harbour.foundation.access.guards import open_to_all
from harbour.foundation.entrance.provider import AgencyProvider, StrictAdapter
from harbour.foundation.kernel.refusals import Missing


def _provider(request: HttpRequest, provider_id: str) -> AgencyProvider:
    try:
        found: AgencyProvider = get_adapter().get_provider(request, provider=provider_id)
    except SocialApp.DoesNotExist as error:
        raise Missing from error
    return found


@open_to_all("signing in with an agency's own provider begins here")
@require_POST
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider; the way back is one of our own pages or the first."""
    provider = _provider(request, provider_id)
    wanted = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    try:
        return provider.begin(
            request, next_url=wanted if own else "", again=bool(request.POST.get("again"))
        )
    except (OAuth2Error, OSError) as problem:
        return _refused(request, provider, problem)


class Answer(OAuth2CallbackView):  # type: ignore[misc]  # the library has no type hints
    """The provider's answer: it fits only the session that asked, and only once."""

    @override
    def _get_state(self, request: HttpRequest, provider: AgencyProvider) -> tuple[Any, Any]:
        state, response = super()._get_state(request, provider)
        if state is not None:
            self.adapter.state = state
            try:
                self.adapter.check_answer(request)
            except (OAuth2Error, OSError) as problem:
                return None, _refused(request, provider, problem)
        return state, response


@open_to_all("the answer of an agency's own provider comes here")
@require_GET
def answer(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the answer: a page of ours, or the sentence why nobody is signed in."""
    _provider(request, provider_id)
    taken: HttpResponse = Answer.adapter_view(StrictAdapter(request, provider_id))(request)
    return taken


def _refused(request: HttpRequest, provider: AgencyProvider, problem: Exception) -> HttpResponse:
    said: HttpResponse = render_authentication_error(request, provider, exception=problem)
    return said
