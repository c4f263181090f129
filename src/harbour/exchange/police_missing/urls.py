"""Addresses of the police's extract."""

from django.urls import path

from harbour.exchange.police_missing import views

app_name = "police_missing"
urlpatterns = [
    path("", views.runs, name="runs"),
    path("columns/", views.columns, name="columns"),
    path("<uuid:extract_id>/", views.run, name="run"),
    path("<uuid:extract_id>/refused/", views.refused, name="refused"),
]
