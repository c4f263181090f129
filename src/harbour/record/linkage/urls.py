"""Addresses of the linkage room."""

from django.urls import path

from harbour.record.linkage import views

app_name = "linkage"
urlpatterns = [
    path("find/", views.find, name="find"),
    path("<uuid:person_id>/relations/add/", views.relate, name="relate"),
    path("register/", views.register, name="register"),
]
