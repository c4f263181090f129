"""Addresses of the referrals room. None holds personal data."""

from django.urls import URLPattern, path

from harbour.work.referrals.views import desk, public, staff

app_name = "referrals"
urlpatterns: list[URLPattern] = [
    path("", desk.inbox, name="inbox"),
    path("watch/", desk.watch, name="watch"),
    path("sent/", staff.sent, name="sent"),
    path("call/", staff.call, name="call"),
    path("send/", public.send, name="send"),
    path("send/check/", public.send_check, name="send_check"),
    path("send/done/", public.send_done, name="send_done"),
    path("send/without/<int:number>/", public.send_without_child, name="send_without_child"),
    path("send/<slug:slug>/", public.send_question, name="send_question"),
    path("new/", staff.new, name="new"),
    path("new/check/", staff.new_check, name="new_check"),
    path("new/done/", staff.new_done, name="new_done"),
    path("new/without/<int:number>/", staff.new_without_child, name="new_without_child"),
    path("new/<slug:slug>/", staff.new_question, name="new_question"),
    path("<uuid:referral_id>/", desk.detail, name="detail"),
    path("<uuid:referral_id>/decide/", desk.decide, name="decide"),
    path("<uuid:referral_id>/feedback/", desk.feedback, name="feedback"),
    path("<uuid:referral_id>/link/", desk.link, name="link"),
    path("<uuid:referral_id>/pass-on/", desk.pass_on, name="pass_on"),
    path("<uuid:referral_id>/watch/stop/", desk.stop_watching, name="stop_watching"),
    path(
        "<uuid:referral_id>/children/<uuid:described_id>/register/", desk.register, name="register"
    ),
    path("links/<uuid:link_id>/unlink/", desk.unlink, name="unlink"),
]
