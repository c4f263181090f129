"""Addresses of requests for what is held."""

from django.urls import path

from harbour.hub.subject_access import views

app_name = "subject_access"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("of/<uuid:person_id>/", views.take, name="take"),
    path("<uuid:request_id>/", views.request, name="request"),
    path("<uuid:request_id>/review/", views.review, name="review"),
    path("<uuid:request_id>/text/", views.text, name="text"),
    path("<uuid:request_id>/take-out/", views.take_out, name="take_out"),
    path("<uuid:request_id>/propose/", views.propose, name="propose"),
    path("<uuid:request_id>/stop/", views.stop, name="stop"),
    path("<uuid:request_id>/go-on/", views.go_on, name="go_on"),
    path("<uuid:request_id>/extend/", views.extend, name="extend"),
    path("<uuid:request_id>/close/", views.close, name="close"),
    path("<uuid:request_id>/download/", views.download, name="download"),
]
