"""Addresses of the oversight desk."""

from django.urls import path

from harbour.hub.oversight import views

app_name = "oversight"
urlpatterns = [
    path("", views.ledger, name="ledger"),
    path("record/<uuid:person_id>/", views.subject, name="subject"),
    path("person/<uuid:user_id>/", views.person, name="person"),
]
