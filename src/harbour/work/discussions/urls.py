"""Addresses of the discussions room."""

from django.urls import path

from harbour.work.discussions.views import asks, meeting

app_name = "discussions"
urlpatterns = [
    path("", asks.desk, name="desk"),
    path("asks/<uuid:ask_id>", asks.answer_ask, name="answer_ask"),
    path("child/<uuid:person_id>/ask", meeting.ask, name="ask"),
    path("<uuid:discussion_id>/", meeting.discussion, name="discussion"),
    path("<uuid:discussion_id>/invite", meeting.invite, name="invite"),
    path("<uuid:discussion_id>/held", meeting.hold, name="hold"),
    path("<uuid:discussion_id>/decide", meeting.decide, name="decide"),
    path("<uuid:discussion_id>/outcome", meeting.close, name="close"),
    path("<uuid:discussion_id>/not-held", meeting.drop, name="drop"),
    path("invitations/<uuid:invitation_id>", meeting.answer_invitation, name="answer"),
    path("decisions/<uuid:decision_id>/done", meeting.complete, name="complete"),
]
