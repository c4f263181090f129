"""Addresses of the sharing room."""

from django.urls import path

from harbour.record.sharing import views

app_name = "sharing"
urlpatterns = [
    path("people/<uuid:person_id>/", views.share, name="share"),
    path("<uuid:share_id>/withdraw/", views.withdraw, name="withdraw"),
]
