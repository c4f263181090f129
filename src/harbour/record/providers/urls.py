"""Addresses of the providers room."""

from django.urls import path

from harbour.record.providers import views

app_name = "providers"
urlpatterns = [path("", views.homes, name="homes")]
