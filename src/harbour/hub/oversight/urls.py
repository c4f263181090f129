"""Addresses of the oversight desk."""

from django.urls import path

from harbour.hub.oversight.views import breadth, ledger, two_people

app_name = "oversight"
urlpatterns = [
    path("", ledger.ledger, name="ledger"),
    path("record/<uuid:person_id>/", ledger.subject, name="subject"),
    path("person/<uuid:user_id>/", ledger.person, name="person"),
    path("breadth/", breadth.alerts, name="alerts"),
    path("breadth/<uuid:alert_id>/", breadth.alert, name="alert"),
    path("two-people/", two_people.two_people, name="two_people"),
    path("two-people/<uuid:proposal_id>/", two_people.proposal, name="proposal"),
    path("two-people/<uuid:proposal_id>/withdraw/", two_people.withdraw, name="withdraw"),
]
