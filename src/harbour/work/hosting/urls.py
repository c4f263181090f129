"""Addresses of the hosting room."""

from django.urls import path

from harbour.work.hosting.views import children, desk, home, notifications, packs

app_name = "hosting"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("chase/<slug:kind>/<uuid:chased_id>/", desk.chase, name="chase"),
    path("hosted/", children.hosted, name="hosted"),
    path("elsewhere/", children.elsewhere, name="elsewhere"),
    path("children/<uuid:person_id>/", children.child, name="child"),
    path("children/<uuid:person_id>/told/", children.told, name="told"),
    path("children/<uuid:person_id>/consultation/", children.offer, name="offer"),
    path("children/<uuid:person_id>/interviews/", children.arrange, name="arrange"),
    path("told/<uuid:flag_id>/end/", children.end_told, name="end_told"),
    path("consultations/<uuid:consultation_id>/", children.consultation, name="consultation"),
    path("my-home/", home.my_home, name="my_home"),
    path("my-home/arrival/", home.arrival, name="arrival"),
    path("placements/<uuid:placement_id>/arrived/", home.arrived, name="arrived"),
    path("placements/<uuid:placement_id>/left/", home.left, name="left"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/receive/", notifications.receive, name="receive"),
    path("notifications/<uuid:notification_id>/", notifications.notification, name="notification"),
    path("notifications/<uuid:notification_id>/complete/", notifications.complete, name="complete"),
    path("notifications/<uuid:notification_id>/take-in/", notifications.take_in, name="take_in"),
    path("packs/", packs.packs, name="packs"),
    path("packs/issue/", packs.issue, name="issue_pack"),
    path("packs/<uuid:pack_id>/", packs.pack, name="pack"),
    path("packs/sent/<uuid:sent_id>/acknowledge/", packs.acknowledge, name="acknowledge_pack"),
]
