"""Addresses of the emergency room."""

from django.urls import path

from harbour.record.emergency import views

app_name = "emergency"
urlpatterns = [
    path("", views.start, name="start"),
    path("all/", views.queue, name="queue"),
    path("attempts/<uuid:attempt_id>/open/", views.break_glass, name="open"),
    path("<uuid:break_glass_id>/", views.one, name="one"),
    path("<uuid:break_glass_id>/review/", views.review, name="review"),
    path("<uuid:break_glass_id>/end/", views.end, name="end"),
]
