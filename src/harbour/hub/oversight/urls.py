"""Addresses of the oversight desk."""

from django.urls import path

from harbour.hub.oversight.views import breadth, desk, files, ledger, two_people

app_name = "oversight"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("record/<uuid:person_id>/", ledger.subject, name="subject"),
    path("record/<uuid:person_id>/rows.csv", files.subject_csv, name="subject_csv"),
    path("record/<uuid:person_id>/pack.pdf", files.pack_pdf, name="pack_pdf"),
    path("person/<uuid:user_id>/", ledger.person, name="person"),
    path("person/<uuid:user_id>/rows.csv", files.person_csv, name="person_csv"),
    path("person/<uuid:user_id>/names/", files.ask_names, name="ask_names"),
    path("names/<uuid:proposal_id>/", files.export_names, name="export_names"),
    path("breadth/", breadth.alerts, name="alerts"),
    path("breadth/<uuid:alert_id>/", breadth.alert, name="alert"),
    path("two-people/", two_people.two_people, name="two_people"),
    path("two-people/<uuid:proposal_id>/", two_people.proposal, name="proposal"),
    path("two-people/<uuid:proposal_id>/withdraw/", two_people.withdraw, name="withdraw"),
]
