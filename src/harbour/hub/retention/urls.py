"""Addresses of the retention desk."""

from django.urls import path

from harbour.hub.retention import views

app_name = "retention"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("schedule/", views.schedule, name="schedule"),
    path("hold/", views.hold, name="hold"),
    path("hold/<uuid:hold_id>/lift/", views.lift, name="lift"),
    path("<uuid:person_id>/", views.child, name="child"),
    path("<uuid:person_id>/propose/", views.propose, name="propose"),
    path("<uuid:person_id>/hold/", views.hold_child, name="hold_child"),
]
