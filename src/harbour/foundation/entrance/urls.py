"""Addresses of the door; the sign-in library's own stand under accounts/."""

from django.urls import path

from harbour.foundation.entrance import views

app_name = "entrance"
urlpatterns = [
    path("demo/sign-in/<uuid:user_id>/", views.sign_in_as, name="sign_in_as"),
    path("account/", views.account, name="account"),
    path("account/first/", views.activate, name="activate"),
    path("account/sessions/<int:session_id>/end/", views.end_session, name="end_session"),
    path("account/sessions/end/", views.end_sessions, name="end_sessions"),
    path("account/stay/", views.stay, name="stay"),
    path("policy/report/", views.policy_report, name="policy_report"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
