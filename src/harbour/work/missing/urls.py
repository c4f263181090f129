"""Addresses of the missing room."""

from django.urls import path

from harbour.work.missing.views import (
    board,
    episode,
    interview,
    known,
    owner,
    profile,
    report,
    sheet,
)

app_name = "missing"
urlpatterns = [
    path("", board.board, name="board"),
    path("halves", board.halves, name="halves"),
    path("older", board.older, name="older"),
    path("report", report.report, name="report"),
    path("report/begin", report.begin, name="begin"),
    path("report/child/<uuid:person_id>", report.report_child, name="report_child"),
    path("report/<uuid:draft_id>/discard", report.discard, name="discard"),
    path("report/<uuid:draft_id>/<slug:step>", report.report_step, name="report_step"),
    path("episodes/<uuid:episode_id>", episode.episode, name="episode"),
    path("episodes/<uuid:episode_id>/changed", episode.changed, name="changed"),
    path("episodes/<uuid:episode_id>/known", known.amend, name="amend"),
    path("episodes/<uuid:episode_id>/kind", known.reclassify, name="reclassify"),
    path("episodes/<uuid:episode_id>/carry-on", known.carry_on, name="carry_on"),
    path("episodes/<uuid:episode_id>/offer/drop", owner.drop_offer, name="drop_offer"),
    path("episodes/<uuid:episode_id>/sheet", episode.sheet, name="sheet"),
    path("episodes/<uuid:episode_id>/sheet/send", sheet.send, name="send_sheet"),
    path("sent/<uuid:disclosure_id>/end", sheet.end, name="end_sheet"),
    path("sheets/<uuid:sheet_id>", sheet.open_sheet, name="open_sheet"),
    path("episodes/<uuid:episode_id>/log", episode.log, name="log"),
    path("episodes/<uuid:episode_id>/risk", episode.risk, name="risk"),
    path("episodes/<uuid:episode_id>/take-over", owner.take_over, name="take_over"),
    path("episodes/<uuid:episode_id>/acknowledge", owner.acknowledge, name="acknowledge"),
    path("episodes/<uuid:episode_id>/hand-over", owner.hand_over, name="hand_over"),
    path("episodes/<uuid:episode_id>/return", episode.record_return, name="return"),
    path("episodes/<uuid:episode_id>/prevention", episode.prevention, name="prevention"),
    path("interviews/<uuid:interview_id>/offer", interview.offer, name="offer"),
    path("interviews/<uuid:interview_id>/answer", interview.answer, name="answer"),
    path("interviews/<uuid:interview_id>/write-up", interview.hold, name="hold"),
    path("profiles/<uuid:person_id>", profile.profile, name="profile"),
    path("profiles/<uuid:person_id>/keep", profile.keep_profile, name="keep_profile"),
    path("profiles/<uuid:person_id>/print", profile.print_profile, name="print_profile"),
]
