"""Addresses of the assessments room. None holds personal data."""

from django.urls import URLPattern, path

from harbour.work.assessments import views

app_name = "assessments"
urlpatterns: list[URLPattern] = [
    path("start/<uuid:person_id>/", views.start, name="start"),
    path("<uuid:assessment_id>/", views.assessment, name="assessment"),
    path("<uuid:assessment_id>/fill/", views.fill, name="fill"),
    path("<uuid:assessment_id>/judge/", views.judge, name="judge"),
]
