"""Addresses of the home room."""

from django.urls import path

from harbour.hub.home import views

app_name = "home"
urlpatterns = [
    path("", views.my_work, name="my_work"),
    path("more/", views.more, name="more"),
]
