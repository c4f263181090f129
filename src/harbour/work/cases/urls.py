"""Addresses of the cases room. They hold ids and nothing else."""

from django.urls import path

from harbour.work.cases.views import allocating, record, working

app_name = "cases"
urlpatterns = [
    path("<uuid:person_id>/", record.child, name="child"),
    path("<uuid:person_id>/chronology/", record.chronology, name="chronology"),
    path("<uuid:person_id>/people-and-places/", record.people_places, name="people_places"),
    path("<uuid:person_id>/sharing/", record.sharing, name="sharing"),
    path("<uuid:person_id>/missing/", record.missing_tab, name="missing_tab"),
    path("<uuid:person_id>/assessments/", record.assessments_tab, name="assessments"),
    path("<uuid:person_id>/documents/", record.documents, name="documents"),
    path("<uuid:person_id>/plan/", record.plan, name="plan"),
    path("<uuid:person_id>/discussions/", record.discussions_tab, name="discussions"),
    path("<uuid:person_id>/plan/add/", working.add_action, name="add_action"),
    path("<uuid:person_id>/stage/", working.enter_stage, name="enter_stage"),
    path("<uuid:person_id>/seen/", working.tag_model, name="tag_model"),
    path("<uuid:person_id>/words/", working.add_voice, name="add_voice"),
    path("<uuid:person_id>/note/", working.add_note, name="add_note"),
    path("<uuid:person_id>/allocate/", allocating.offer, name="offer"),
    path("<uuid:person_id>/review/", allocating.review, name="review"),
    path("gradings/<uuid:grading_id>/", record.grading, name="grading"),
    path("notes/<uuid:note_id>/", record.note, name="note"),
    path("seen/<uuid:tag_id>/end/", working.end_model, name="end_model"),
    path("actions/<uuid:action_id>/", working.change_action, name="change_action"),
    path("actions/<uuid:action_id>/done/", working.complete_action, name="complete_action"),
    path("actions/<uuid:action_id>/undo/", working.reopen_action, name="reopen_action"),
    path("allocations/<uuid:allocation_id>/", allocating.allocation, name="allocation"),
    path(
        "allocations/<uuid:allocation_id>/acknowledge/",
        allocating.acknowledge,
        name="acknowledge",
    ),
    path("allocations/<uuid:allocation_id>/decline/", allocating.decline, name="decline"),
    path("allocations/<uuid:allocation_id>/end/", allocating.end_allocation, name="end_allocation"),
]
