"""Addresses of the reporting room."""

from django.urls import path

from harbour.insight.reporting import views

app_name = "reporting"
urlpatterns = [
    path("", views.quarter, name="quarter"),
    path("<str:year>/<int:number>/", views.quarter, name="quarter"),
    path("<str:year>/<int:number>/download/<str:form>/", views.download, name="download"),
    path("<str:year>/<int:number>/<str:figure_id>/", views.figure, name="figure"),
]
