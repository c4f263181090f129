"""Addresses of the ledger's witnesses."""

from django.urls import path

from harbour.hub.witnesses import views

app_name = "witnesses"
urlpatterns = [
    path("", views.witnesses, name="list"),
    path("add/", views.add, name="add"),
    path("<uuid:witness_id>/end/", views.end, name="end"),
]
