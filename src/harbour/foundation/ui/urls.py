"""The gallery of components."""

from django.urls import path

from harbour.foundation.ui import views

app_name = "ui"
urlpatterns = [
    path("gallery/", views.gallery, name="gallery"),
    path("gallery/form/", views.gallery_form, name="gallery_form"),
    path("gallery/question/", views.gallery_question, name="gallery_question"),
    path("gallery/meeting/", views.gallery_meeting, name="gallery_meeting"),
]
