"""Addresses of documents. They hold ids and nothing else."""

from django.urls import path

from harbour.record.attachments import views

app_name = "attachments"
urlpatterns = [
    path("of/<uuid:person_id>/add/", views.add, name="add"),
    path("<uuid:attachment_id>/", views.file, name="file"),
    path("<uuid:attachment_id>/download/", views.download, name="download"),
    path("<uuid:attachment_id>/replace/", views.replace, name="replace"),
    path("<uuid:attachment_id>/remove/", views.remove, name="remove"),
]
