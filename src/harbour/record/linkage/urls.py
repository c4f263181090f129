"""Addresses of the linkage room."""

from django.urls import URLPattern

app_name = "linkage"
urlpatterns: list[URLPattern] = []
