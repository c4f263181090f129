"""Addresses of the providers room."""

from django.urls import path

from harbour.record.providers import views

app_name = "providers"
urlpatterns = [
    path("", views.homes, name="homes"),
    path("<uuid:home_id>/", views.home, name="home"),
    path("<uuid:home_id>/change/", views.change_home, name="change_home"),
    path("place/<uuid:person_id>/", views.place, name="place"),
    path("placements/<uuid:placement_id>/end/", views.end, name="end"),
]
