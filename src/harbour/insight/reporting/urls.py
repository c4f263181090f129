"""Addresses of the reporting room."""

from django.urls import path

from harbour.insight.reporting import views

app_name = "reporting"
urlpatterns = [
    path("", views.quarter, name="quarter"),
    path("populations/", views.populations, name="populations"),
    path("<slug:year>/<int:number>/", views.quarter, name="quarter"),
    path("<slug:year>/<int:number>/populations/", views.populations, name="populations"),
    path("<slug:year>/<int:number>/download/<slug:form>/", views.download, name="download"),
    path("<slug:year>/<int:number>/<slug:figure_slug>/", views.figure, name="figure"),
]
