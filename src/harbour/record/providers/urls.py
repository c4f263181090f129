"""Addresses of the providers room."""

from django.urls import path

from harbour.record.providers.views import contacts, homes, placements

app_name = "providers"
urlpatterns = [
    path("", homes.homes, name="homes"),
    path("add/", homes.add_home, name="add_home"),
    path("homes.csv", homes.export, name="export"),
    path("<uuid:home_id>/", homes.home, name="home"),
    path("<uuid:home_id>/change/", homes.change_home, name="change_home"),
    path("contacts/", contacts.contacts, name="contacts"),
    path("contacts/add/", contacts.add_contact, name="add_contact"),
    path("contacts/<uuid:contact_id>/confirm/", contacts.confirm_contact, name="confirm_contact"),
    path("contacts/<uuid:contact_id>/end/", contacts.end_contact, name="end_contact"),
    path("areas/", contacts.areas, name="areas"),
    path("areas/<uuid:authority_id>/", contacts.area, name="area"),
    path("place/<uuid:person_id>/", placements.place, name="place"),
    path("placements/<uuid:placement_id>/end/", placements.end, name="end"),
]
