"""Addresses of the children-looked-after returns that came."""

from django.urls import path

from harbour.exchange.ssda903 import views

app_name = "ssda903"
urlpatterns = [
    path("", views.runs, name="runs"),
    path("<uuid:run_id>/", views.run, name="run"),
]
