"""Addresses of the returns room."""

from django.urls import path

from harbour.work.returns.views import interview, naming

app_name = "returns"
urlpatterns = [
    path("interviews/<uuid:interview_id>", interview.interview, name="interview"),
    path("interviews/<uuid:interview_id>/add", interview.add, name="add"),
    path("interviews/<uuid:interview_id>/review", interview.review, name="review"),
    path("interviews/<uuid:interview_id>/tell-on", interview.tell_on, name="tell_on"),
    path("told/<uuid:told_id>/acknowledge", interview.acknowledge, name="acknowledge"),
    path("named", naming.queue, name="named"),
    path("named/<uuid:name_id>", naming.judge, name="judge"),
    path("together", naming.together, name="together"),
]
