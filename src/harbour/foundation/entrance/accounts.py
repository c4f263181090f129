"""Addresses of the sign-in library: those that are used, by name, and no other.

It offers more: signing up, addresses to confirm, resets by mail, linked accounts. Accounts are
given here and no mail is sent, so those names lead nowhere; the library still asks for some.
"""

from allauth.account import views as library
from django.urls import include, path

from harbour.foundation.entrance.views import closed

USED = [
    path("login/", library.login, name="account_login"),
    path("logout/", library.logout, name="account_logout"),
    path("inactive/", library.account_inactive, name="account_inactive"),
    path("reauthenticate/", library.reauthenticate, name="account_reauthenticate"),
    path("password/change/", library.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
    path("", include("harbour.foundation.entrance.oidc.urls")),
]
UNUSED = {
    "signup/": "account_signup",
    "email/": "account_email",
    "password/set/": "account_set_password",
    "providers/linked/": "socialaccount_connections",
    "providers/cancelled/": "socialaccount_login_cancelled",
    "providers/signup/": "socialaccount_signup",
    "sessions/": "usersessions_list",
}
urlpatterns = [*USED, *(path(route, closed, name=name) for route, name in UNUSED.items())]
