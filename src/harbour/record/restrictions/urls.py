"""Addresses of the restrictions room."""

from django.urls import path

from harbour.record.restrictions import views

app_name = "restrictions"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("people/<uuid:person_id>/", views.restrict, name="restrict"),
    path("people/<uuid:person_id>/seal/<slug:kind>/<uuid:fact_id>/", views.seal, name="seal"),
    path("named/<uuid:named_id>/end/", views.unname, name="unname"),
    path("<uuid:restriction_id>/", views.restriction, name="restriction"),
    path("<uuid:restriction_id>/name/", views.name, name="name"),
    path("<uuid:restriction_id>/lift/", views.lift, name="lift"),
    path("<uuid:restriction_id>/review/", views.review, name="review"),
    path("<uuid:restriction_id>/read/", views.read, name="read"),
]
