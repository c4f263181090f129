"""Addresses of the sharing room."""

from django.urls import path

from harbour.record.sharing.views import agreements, requests, shares

app_name = "sharing"
urlpatterns = [
    path("", requests.home, name="home"),
    path("people/<uuid:person_id>/", shares.share, name="share"),
    path("people/<uuid:person_id>/decline/", shares.decline, name="decline"),
    path("people/<uuid:person_id>/record/", shares.record, name="record"),
    path("people/<uuid:person_id>/ask/", requests.ask_about, name="ask_about"),
    path("<uuid:share_id>/extend/", shares.extend, name="extend"),
    path("<uuid:share_id>/withdraw/", shares.withdraw, name="withdraw"),
    path("declined/<uuid:decline_id>/", shares.reconsider, name="reconsider"),
    path("declined/<uuid:decline_id>/share/", shares.reconsider_share, name="reconsider_share"),
    path("requests/ask/", requests.ask, name="ask"),
    path("requests/<uuid:request_id>/", requests.one, name="request"),
    path("requests/<uuid:request_id>/nobody/", requests.nobody, name="nobody"),
    path(
        "requests/<uuid:request_id>/share/<uuid:person_id>/",
        shares.answer_share,
        name="answer_share",
    ),
    path(
        "requests/<uuid:request_id>/decline/<uuid:person_id>/",
        shares.answer_decline,
        name="answer_decline",
    ),
    path("agreements/", agreements.listed, name="agreements"),
    path("agreements/new/", agreements.new, name="new_agreement"),
    path("agreements/<uuid:agreement_id>/", agreements.one, name="agreement"),
    path("agreements/<uuid:agreement_id>/change/", agreements.change, name="change_agreement"),
    path("agreements/<uuid:agreement_id>/move/", agreements.move, name="move_agreement"),
]
