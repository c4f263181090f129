"""Addresses of requests for what is held."""

from django.urls import path

from harbour.hub.subject_access import views

app_name = "subject_access"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("of/<uuid:person_id>/", views.take, name="take"),
    path("<uuid:access_id>/", views.request, name="request"),
    path("<uuid:access_id>/review/", views.review, name="review"),
    path("<uuid:access_id>/text/", views.text, name="text"),
    path("<uuid:access_id>/take-out/", views.take_out, name="take_out"),
    path("<uuid:access_id>/propose/", views.propose, name="propose"),
    path("<uuid:access_id>/stop/", views.stop, name="stop"),
    path("<uuid:access_id>/go-on/", views.go_on, name="go_on"),
    path("<uuid:access_id>/extend/", views.extend, name="extend"),
    path("<uuid:access_id>/close/", views.close, name="close"),
    path("<uuid:access_id>/download/", views.download, name="download"),
]
