"""Addresses of the people room."""

from django.urls import path

from harbour.record.people.views import record

app_name = "people"
urlpatterns = [
    path("<uuid:person_id>/", record.record, name="record"),
    path("<uuid:person_id>/identity/", record.identity, name="identity"),
    path("<uuid:person_id>/add/<slug:kind>/", record.add, name="add"),
    path("<uuid:person_id>/<slug:kind>/<uuid:fact_id>/end/", record.end, name="end"),
]
