"""Addresses of returns."""

from django.urls import path

from harbour.exchange.statutory_returns import views

app_name = "statutory_returns"
urlpatterns = [path("", views.desk, name="desk")]
