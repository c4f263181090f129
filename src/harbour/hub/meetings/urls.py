"""Addresses of the meetings room."""

from django.urls import path

from harbour.hub.meetings import views

app_name = "meetings"
urlpatterns = [
    path("", views.daily, name="daily"),
    path("authorities/<uuid:authority_id>/start/", views.start, name="start"),
    path("<uuid:meeting_id>/", views.room, name="room"),
    path("<uuid:meeting_id>/pulse/", views.pulse, name="pulse"),
    path("<uuid:meeting_id>/wall/", views.wall, name="wall"),
    path("<uuid:meeting_id>/attendance/", views.attendance, name="attendance"),
    path("<uuid:meeting_id>/refresh/", views.refresh, name="refresh"),
    path("<uuid:meeting_id>/decisions/", views.decisions, name="decisions"),
    path("<uuid:meeting_id>/close/", views.close, name="close"),
    path("<uuid:meeting_id>/minutes/", views.minutes, name="minutes"),
    path("<uuid:meeting_id>/minutes.pdf", views.minutes_pdf, name="minutes_pdf"),
    path("items/<uuid:item_id>/", views.item, name="item"),
    path("items/<uuid:item_id>/view/", views.give_view, name="give_view"),
    path("items/<uuid:item_id>/open/", views.reveal, name="reveal"),
    path("items/<uuid:item_id>/decide/", views.decide, name="decide"),
    path("items/<uuid:item_id>/leave/", views.leave, name="leave"),
    path("items/<uuid:item_id>/show/", views.show, name="show"),
]
