"""The addresses of the hub. No personal data ever stands in one."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("harbour.foundation.entrance.accounts")),
    path("", include("harbour.foundation.entrance.urls")),
    path("", include("harbour.foundation.ui.urls")),
    path("", include("harbour.hub.home.urls")),
    path("people/", include("harbour.record.linkage.urls")),
    path("people/", include("harbour.record.people.urls")),
    path("homes/", include("harbour.record.providers.urls")),
    path("sharing/", include("harbour.record.sharing.urls")),
    path("restrictions/", include("harbour.record.restrictions.urls")),
    path("documents/", include("harbour.record.attachments.urls")),
    path("emergency/", include("harbour.record.emergency.urls")),
    path("referrals/", include("harbour.work.referrals.urls")),
    path("assessments/", include("harbour.work.assessments.urls")),
    path("cases/", include("harbour.work.cases.urls")),
    path("missing/", include("harbour.work.missing.urls")),
    path("returns/", include("harbour.work.returns.urls")),
    path("hosting/", include("harbour.work.hosting.urls")),
    path("discussions/", include("harbour.work.discussions.urls")),
    path("meetings/", include("harbour.hub.meetings.urls")),
    path("figures/", include("harbour.insight.reporting.urls")),
    path("exchange/", include("harbour.exchange.statutory_returns.urls")),
    path("exchange/ssda903/", include("harbour.exchange.ssda903.urls")),
    path("exchange/police-missing/", include("harbour.exchange.police_missing.urls")),
    path("oversight/", include("harbour.hub.oversight.urls")),
    path("staff/", include("harbour.hub.staff.urls")),
    path("retention/", include("harbour.hub.retention.urls")),
    path("subject-access/", include("harbour.hub.subject_access.urls")),
    path("witnesses/", include("harbour.hub.witnesses.urls")),
]
handler400 = "harbour.foundation.ui.views.bad_request"
handler403 = "harbour.foundation.ui.views.forbidden"
handler404 = "harbour.foundation.ui.views.not_found"
handler500 = "harbour.foundation.ui.views.failed"
