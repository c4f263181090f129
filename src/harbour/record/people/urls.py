"""Addresses of the people room."""

from django.urls import path

from harbour.record.people import views

app_name = "people"
urlpatterns = [
    path("<uuid:person_id>/", views.record, name="record"),
    path("<uuid:person_id>/identity/", views.identity, name="identity"),
    path("<uuid:person_id>/add/<slug:kind>/", views.add, name="add"),
    path("<uuid:person_id>/<slug:kind>/<uuid:fact_id>/end/", views.end, name="end"),
]
