"""Addresses of signing in with a provider; the sign-in library puts them under accounts/."""

from django.urls import path

from harbour.foundation.entrance.oidc import views

urlpatterns = [
    path("provider/<slug:provider_id>/sign-in/", views.begin, name="oidc_login"),
    path("provider/<slug:provider_id>/answer/", views.answer, name="oidc_callback"),
]
