"""Addresses of people and roles."""

from django.urls import path

from harbour.hub.staff import views

app_name = "staff"
urlpatterns = [
    path("", views.people, name="people"),
    path("roles/", views.roles, name="roles"),
    path("add/", views.add_person, name="add_person"),
    path("<uuid:user_id>/", views.person, name="person"),
    path("<uuid:user_id>/role/", views.give_role, name="give_role"),
    path("<uuid:user_id>/code/", views.give_code, name="give_code"),
    path("<uuid:user_id>/help/", views.help_to_sign_in, name="help_to_sign_in"),
    path("<uuid:user_id>/left/", views.let_go, name="let_go"),
    path("<uuid:user_id>/sessions/end/", views.end_sessions, name="end_sessions"),
    path("groups/", views.groups, name="groups"),
    path("groups/add/", views.map_group, name="map_group"),
    path("groups/<uuid:mapping_id>/end/", views.unmap_group, name="unmap_group"),
    path("role/<uuid:holding_id>/end/", views.end_role, name="end_role"),
]
