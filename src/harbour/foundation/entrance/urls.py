"""Addresses of the door; the sign-in library's own stand under accounts/."""

from django.urls import path

from harbour.foundation.entrance import views

app_name = "entrance"
urlpatterns = [
    path("demo/sign-in/<uuid:user_id>/", views.sign_in_as, name="sign_in_as"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
