"""The form, whichever way one came in: keep each answer on the server, then send them together."""

import secrets
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from harbour.foundation.access.context import acting_as
from harbour.foundation.access.guards import StaffRequest
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.foundation.ui import pages
from harbour.foundation.ui.pages import page
from harbour.work.referrals import actions, queries, rules
from harbour.work.referrals.forms.journey import Journey, Page
from harbour.work.referrals.models import Referral
from harbour.work.referrals.presenters.form import Way, check_page, question_page
from harbour.work.referrals.vocabulary import Channel

PUBLIC = Way("send", staff=False)
STAFF = Way("new", staff=True)
# Everything the form asks fits many times over; what does not fit was not typed by a person.
LARGEST_POST = 64 * 1024
HONEYPOT = "website"
TOO_MANY = (
    "Too many concerns came from your connection in a short time, so this one was not taken. "
    "Your answers are kept for 24 hours: try again in an hour."
)
KEPT = (
    "Your answers are kept on our server while you fill in the form, for at most 24 hours. "
    "Nothing you write is kept in your browser: only a mark that leads back to your answers, "
    "which goes when you close the browser. What you send is read by people who protect "
    "children, and by nobody else."
)
TOO_LONG = "This is more than the form can take. Shorten it, or send it in two parts."
NOT_A_PERSON = (
    "Leave the box named “website” empty: it is there to stop machines. "
    "If you cannot go on, call us."
)


def phone_advice() -> str:
    """Return how to reach somebody by telephone."""
    number = getattr(settings, "HARBOUR_FRONT_DOOR_PHONE", "")
    if number:
        return f"Call {number}, day or night."
    return (
        "Call your council and ask for children's social care, day or night. "
        "The number is on the council's website."
    )


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, or nothing where a form is only opened."""
    return request.POST if request.method == "POST" else None


def start(request: HttpRequest, way: Way) -> HttpResponse:
    """Show what to do first when a child is in danger, and how the form goes."""
    context = {
        "begin": way.page("danger"),
        "phone": phone_advice(),
        "kept": KEPT,
        "goes_on": _draft_key(request, way) is not None,
        "on": way.check(),
    }
    return _private(page(request, "referrals/start.html", context))


def question(request: HttpRequest, way: Way, slug: str) -> HttpResponse:
    """Ask one question and keep its answer."""
    journey = _journey(request, way)
    asked = journey.page(slug)
    if asked is None:
        raise Missing
    if slug != "danger" and _draft_key(request, way) is None:
        return HttpResponseRedirect(way.start())
    if request.method == "POST":
        return _answer(request, way, journey, asked)
    form = journey.form(asked, initial=_initial(request, way, asked))
    return _question(request, way, journey, asked, form)


def _question(
    request: HttpRequest, way: Way, journey: Journey, asked: Page, form: Any
) -> HttpResponse:
    context = question_page(way, journey, asked, form, phone=phone_advice())
    return _private(page(request, "referrals/question.html", context))


def _answer(request: HttpRequest, way: Way, journey: Journey, asked: Page) -> HttpResponse:
    if _is_too_long(request):
        return pages.error(request, HTTPStatus.BAD_REQUEST, f"{TOO_LONG} {phone_advice()}")
    form = asked.form(request.POST, authorities=journey.authorities)
    if not way.staff and request.POST.get(HONEYPOT):
        form.add_error(None, f"{NOT_A_PERSON} {phone_advice()}")
    if not form.is_valid():
        return _question(request, way, journey, asked, form)
    key = _draft_key(request, way)
    if key is None:
        if not way.staff and not _count(request, "begin"):
            return _too_many(request)
        key = _begin_draft(request, way)
    journey.keep(asked, request.POST)
    actions.keep_draft(key=key, answers=journey.answers)
    open_page = journey.open_page
    return HttpResponseRedirect(way.page(open_page.slug) if open_page else way.check())


def check(request: HttpRequest, way: Way) -> HttpResponse:
    """Show every answer; on a second press, send them."""
    if _draft_key(request, way) is None:
        return HttpResponseRedirect(way.done() if _reference(request, way) else way.start())
    journey = _journey(request, way)
    if journey.open_page is not None:
        return HttpResponseRedirect(way.page(journey.open_page.slug))
    if request.method == "POST":
        return _send(request, way)
    context = check_page(way, journey, phone=phone_advice())
    return _private(page(request, "referrals/check.html", context))


def without_child(request: HttpRequest, way: Way, number: int) -> HttpResponse:
    """Take a child out of the form."""
    key = _draft_key(request, way)
    if key is None:
        return HttpResponseRedirect(way.start())
    journey = _journey(request, way)
    if request.method == "POST" and 1 <= number <= journey.children:
        journey.without_child(number)
        actions.keep_draft(key=key, answers=journey.answers)
    return HttpResponseRedirect(way.check())


def done(request: HttpRequest, way: Way) -> HttpResponse:
    """Show the reference and what happens next."""
    reference = _reference(request, way)
    if not reference:
        return HttpResponseRedirect(way.start())
    context = {"reference": reference, "phone": phone_advice(), "staff": way.staff}
    return _private(page(request, "referrals/done.html", context))


def _send(request: HttpRequest, way: Way) -> HttpResponse:
    if not way.staff and not _count(request, "send"):
        return _too_many(request)
    key = _draft_key(request, way)
    answers = actions.take_draft(key=key) if key else None
    if answers is None:  # the second of two presses
        return HttpResponseRedirect(way.done() if _reference(request, way) else way.start())
    journey = Journey(answers, staff=way.staff, authorities=_authorities())
    referral = _receive(request, way, journey)
    request.session.pop(_session_key(way), None)
    request.session[f"{_session_key(way)}_done"] = referral.reference
    return HttpResponseRedirect(way.done())


def _receive(request: HttpRequest, way: Way, journey: Journey) -> Referral:
    otherwise = queries.authority_for_unknown_area()
    if otherwise is None:
        raise Refused(f"No authority takes concerns here yet. {phone_advice()}")
    said, at = journey.said(otherwise=otherwise), _received_at(request)
    reader: Reader | None = getattr(request, "reader", None)
    if way.staff and reader is not None:
        return actions.receive(said=said, channel=Channel.STAFF_FORM, by=reader, at=at)
    principal = queries.public_principal()
    if principal is None:
        raise Refused(f"This form cannot be used at the moment. {phone_advice()}")
    with acting_as(principal.pk, request_id=getattr(request, "request_id", "")) as intake:
        return actions.receive(said=said, channel=Channel.PUBLIC_FORM, by=intake, at=at)


def _initial(request: HttpRequest, way: Way, asked: Page) -> dict[str, Any]:
    """Fill in who is signed in; the agency says how the census would code the source."""
    if not way.staff or asked.slug != "sender":
        return {}
    return sender_of(request)  # type: ignore[arg-type]  # the guard of the staff form admits staff only


def sender_of(request: StaffRequest) -> dict[str, Any]:
    """Return who is signed in as the sender of a concern."""
    reader = request.reader
    source, local_source = rules.source_of_agency(queries.agency_kind(reader))
    role = ", ".join(part for part in (reader.job, reader.agency_name) if part)
    email = getattr(request.user, "email", "")
    return {
        "source": source,
        "local_source": local_source,
        "referrer_name": reader.name,
        "referrer_role": role,
        "referrer_contact": email,
    }


# The draft: its key is in the session, its answers are in the database and nowhere else


def _session_key(way: Way) -> str:
    return f"referral_{way.name}"


def _draft_key(request: HttpRequest, way: Way) -> str | None:
    key = request.session.get(_session_key(way))
    return key if key and queries.draft(key) is not None else None


def _begin_draft(request: HttpRequest, way: Way) -> str:
    key = secrets.token_urlsafe(32)
    request.session[_session_key(way)] = key
    request.session.pop(f"{_session_key(way)}_done", None)
    return key


def _reference(request: HttpRequest, way: Way) -> str:
    return str(request.session.get(f"{_session_key(way)}_done", ""))


def _journey(request: HttpRequest, way: Way) -> Journey:
    key = request.session.get(_session_key(way))
    answers = queries.draft(key) if key else None
    return Journey(answers, staff=way.staff, authorities=_authorities())


def _authorities() -> tuple[Agency, ...]:
    return tuple(queries.receiving_authorities())


# Limits


def _count(request: HttpRequest, kind: str) -> bool:
    return actions.count_try(kind=kind, address=_address(request), at=_received_at(request))


def _address(request: HttpRequest) -> str:
    """Return where the request comes from: behind the TLS edge, what the edge itself has seen."""
    passed_on = str(request.headers.get("X-Forwarded-For", "")).rsplit(",", 1)[-1].strip()
    if passed_on and not settings.HARBOUR_PLAIN_HTTP:
        return passed_on
    return str(request.META.get("REMOTE_ADDR", ""))


def _too_many(request: HttpRequest) -> HttpResponse:
    sentence = f"{TOO_MANY} {phone_advice()} If a child is in danger now, call 999."
    return _private(pages.error(request, HTTPStatus.TOO_MANY_REQUESTS, sentence))


def _is_too_long(request: HttpRequest) -> bool:
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(length) > LARGEST_POST if length.isdigit() else True


def _received_at(request: HttpRequest) -> Any:
    return getattr(request, "received_at", None) or clock.now()


def _private(response: HttpResponse) -> HttpResponse:
    """Ask browsers and proxies to keep nothing: the phone may be shared."""
    response.headers["Cache-Control"] = "no-store"
    return response
