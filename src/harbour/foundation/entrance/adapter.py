"""How the sign-in library behaves here: nobody signs up, everything is remembered."""

import base64
from typing import Any, NoReturn, override

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as library
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from harbour.foundation.access.context import acting_as, acting_as_nobody
from harbour.foundation.access.models import User
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.entrance import identities, notices, proof, sessions
from harbour.foundation.entrance.vocabulary import NEWS, Happened
from harbour.foundation.kernel import clock
from harbour.foundation.ui import pages
from harbour.foundation.ui.pages import page

# What a session knows of the provider that it was opened through.
OF_THE_PROVIDER = ("provider", "provider_factor", "id_token")


def remember(
    user: User, act: Act, event: str, *, session_id: str = "", detail: dict[str, Any] | None = None
) -> None:
    """Write a sign-in or sign-out to the ledger in the person's own name."""
    with acting_as(user.pk, session_id=session_id) as reader:
        audit.record(act, event, by=reader, at=clock.now(), detail=detail)


def remember_failure(request: HttpRequest) -> None:
    """Write that somebody failed to sign in; not what was typed, which may be a password."""
    with acting_as_nobody():
        audit.record_sign_in_failure(at=clock.now(), request_id=getattr(request, "request_id", ""))


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no type hints
    """People are given accounts by the system administrator."""

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: there is no self-made account."""
        del request
        return False

    @override
    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Take a password only from who may use one; a refusal takes as long as a wrong one."""
        user: User | None = super().authenticate(request, **credentials)
        if user is None:
            return None
        here = user.works_on(clock.london_date(clock.now())) and not user.is_system
        if here and takes_password(user):
            return user
        self.authentication_failed(request, **credentials)
        return None

    @override
    def reauthenticate(self, user: User, password: str) -> bool:
        """Ask for the password of whoever is signed in."""
        found = self.authenticate(library.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    @override
    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again before a password or a factor changes, unless she proved it just now."""
        del app, kwargs
        return not proof.is_fresh(library.request)

    @override
    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count guesses per account and address: nobody can lock somebody else out from afar."""
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}|{self.get_client_ip(request)}"

    @override
    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Say in the session which provider opened it, if one did."""
        for name in OF_THE_PROVIDER:
            request.session.pop(name, None)
        request.session.update(getattr(request, "harbour_provider", {}))
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    @override
    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Remember who signed in, in the transaction that answers."""
        proof.note(request)
        session = request.session.session_key or ""
        remember(user, Act.SIGN_IN, "entrance.signed_in", session_id=session)
        if told := notices.unread(user.pk, at=clock.now(), session_id=session):
            messages.warning(request, told)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    @override
    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Note who is stopped for too many tries."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            pages.note_refused(request, "too_many_tries")
            raise

    @override
    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Remember that somebody failed, and have its owner told of it when she is here again."""
        super().authentication_failed(request, **credentials)
        remember_failure(request)
        notices.note(request, Happened.FAILED, email=str(credentials.get("email", "")))

    @override
    def logout(self, request: HttpRequest) -> None:
        """Remember who signed out, then end the session."""
        if request.user.is_authenticated:
            session = request.session.session_key or ""
            remember(request.user, Act.SIGN_OUT, "entrance.signed_out", session_id=session)
            sessions.end(request.user.pk, but="", only=_row_of(request))
        super().logout(request)

    @override
    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the provider's own sign-out where one opened the session."""
        from harbour.foundation.entrance.oidc import leaving  # noqa: PLC0415 - needs the registry

        ours: str = super().get_logout_redirect_url(request)
        return leaving.address(request) or ours

    @override
    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the account, where other sessions can be ended."""
        del request
        return reverse("entrance:account")

    @override
    def send_notification_mail(
        self, template_prefix: str, user: User, *args: Any, **kw: Any
    ) -> None:
        """Remember that a password or a factor changed, and give the session another name.

        Its owner is told at her next sign-in and by mail, and offered the end of other sessions.
        """
        del args, kw
        what = template_prefix.rpartition("/")[2]
        remember(
            user,
            Act.ALTER,
            "entrance.credential_changed",
            session_id=library.request.session.session_key or "",
            detail={"what": what},
        )
        notices.note(library.request, NEWS[what], user_id=user.pk)
        sessions.renew(library.request)
        sessions.offer_end(library.request)


def _row_of(request: HttpRequest) -> int:
    mark, key = request.session.session_key or "", request.user.pk
    sittings = sessions.of(key, current=mark) if key else []
    return next((each.id for each in sittings if each.current), 0)


def providers() -> list[dict[str, Any]]:
    """Return the configured providers."""
    found: list[dict[str, Any]] = settings.SOCIALACCOUNT_PROVIDERS.get("oidc", {}).get("APPS", [])
    return found


def takes_password(user: User) -> bool:
    """Say whether this person may sign in with a password: without a provider everybody may."""
    return not providers() or user.email.lower() in settings.HARBOUR_BREAK_GLASS


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the library has no type hints
    """A provider's person is somebody who works here, or nobody."""

    @override
    def get_requests_session(self) -> Any:
        """Ask providers without following them elsewhere."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session

    @override
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Refuse: who is unknown stays so."""
        del request, sociallogin
        return False

    @override
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the person, link the subject, and bring her roles in line with her groups."""
        app = sociallogin.provider.app
        try:
            identity = identities.read(app.provider_id, sociallogin.claims, app.settings)
            user = identities.person_of(identity)
        except identities.Unknown:
            self._refuse(request)
        if not sociallogin.is_existing:
            sociallogin.user = sociallogin.account.user = user
            sociallogin.account.save()
        identities.bring_in_line(user, identity)
        request.harbour_provider = {  # type: ignore[attr-defined]  # read by `pre_login`
            "provider": app.provider_id,
            "provider_factor": identities.asked_for_two(sociallogin.claims, app.settings),
            "id_token": sociallogin.id_token,
        }

    @override
    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Answer every failure alike: the cause is nothing to whoever tries."""
        del args, kwargs
        self._refuse(request)

    def _refuse(self, request: HttpRequest) -> NoReturn:
        remember_failure(request)
        raise ImmediateHttpResponse(page(request, "entrance/unknown.html", status=403))


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no type hints
    """Secrets of second factors are not readable in the database or its backups."""

    @override
    def encrypt(self, text: str) -> str:
        """Encrypt a secret with a key that the database does not hold."""
        return _fernet().encrypt(text.encode()).decode()

    @override
    def decrypt(self, encrypted_text: str) -> str:
        """Read a secret."""
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"harbour.second-factor")
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
