"""The front door: what waits, what each concern says, and the decision on it."""

from uuid import UUID

from django.db.models import F
from django.http import HttpResponse
from django.urls import reverse

from harbour.foundation.access import policy as access
from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.foundation.ui import listing
from harbour.foundation.ui.forms import PartialDate, Precision
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.record.linkage import queries as linkage
from harbour.record.linkage.queries import Hit, Query
from harbour.record.people import queries as people
from harbour.record.people.vocabulary import DatePrecision
from harbour.work.referrals import actions, policy, queries, rules
from harbour.work.referrals.forms import desk as forms
from harbour.work.referrals.forms.questions import born_parts
from harbour.work.referrals.models import DescribedChild, Link, Referral
from harbour.work.referrals.presenters import desk
from harbour.work.referrals.presenters import detail as detail_presenter
from harbour.work.referrals.views.form import posted
from harbour.work.referrals.vocabulary import Decision, Status

KEYS = {"due": ("screening_due_on", "received_at"), "received": ("received_at",)}
BY_CLOCK = listing.Order(keys=KEYS, default="due")
NEWEST = listing.Order(keys=KEYS, default="received", descending=True)
WATCH_KEYS = {"fired": ("last_fired_at",), "decided": ("decided_at",)}
BY_NEWS = listing.Order(keys=WATCH_KEYS, default="fired", descending=True)


@grants(Permission.REFERRAL_SCREEN)
def inbox(request: StaffRequest) -> HttpResponse:
    """List the concerns of my authorities by their clock."""
    reader, today = request.reader, london_date(request.received_at)
    authorities = list(Agency.objects.filter(pk__in=reader.authority_ids))
    form = forms.Filter(request.GET or None, authorities=authorities)
    chosen = _chosen(form)
    wanted = listing.wanted(request.GET, BY_CLOCK if chosen.status == Status.NEW else NEWEST)
    found = queries.inbox(reader, chosen, today=today).order_by(*wanted.order_by)
    shown = listing.paged(found, wanted)
    lines = queries.lines(reader, shown.items, event="referrals.inbox", at=request.received_at)
    counted = queries.counts(reader, today=today)
    context = desk.inbox_page(
        reader, desk.Shown(lines, shown, wanted, counted), form, now=request.received_at
    )
    return page(request, "referrals/list.html", context)


def _chosen(form: forms.Filter) -> queries.InboxFilter:
    if not form.is_bound or not form.is_valid():
        return queries.InboxFilter()
    found = form.cleaned_data
    status = found["status"] or Status.NEW
    authority = found.get("authority")
    return queries.InboxFilter(
        status="" if status == "all" else status,
        source=found["source"],
        concern=found["concern"],
        authority_id=UUID(authority) if authority else None,
        late=bool(found["late"]),
    )


@grants(Permission.REFERRAL_SCREEN)
def watch(request: StaffRequest) -> HttpResponse:
    """List the concerns in watch, those that resurfaced first."""
    reader = request.reader
    wanted = listing.wanted(request.GET, BY_NEWS)
    last = F("last_fired_at")
    order = {
        "fired": last.desc(nulls_last=True) if wanted.descending else last.asc(nulls_last=True),
        "decided": F("decided_at").desc() if wanted.descending else F("decided_at").asc(),
    }[wanted.sort]
    shown = listing.paged(queries.watched(reader).order_by(order, "-decided_at", "pk"), wanted)
    lines = queries.lines(reader, shown.items, event="referrals.watch_list", at=request.received_at)
    counted = queries.counts(reader, today=london_date(request.received_at))
    context = desk.watch_page(reader, desk.Shown(lines, shown, wanted, counted))
    return page(request, "referrals/list.html", context)


# A chronology leads here whoever reads concerns; the loader turns the others away.
@grants(Permission.REFERRAL_SCREEN, Permission.REFERRAL_RECORD, Permission.PEOPLE_SEARCH)
def detail(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Show what was said, who it may be, what is held, and the decision."""
    referral = queries.referral(request.reader, referral_id, at=request.received_at)
    return _detail(request, referral)


def _detail(
    request: StaffRequest,
    referral: Referral,
    *,
    decide: forms.Decide | None = None,
    feedback: forms.Feedback | None = None,
) -> HttpResponse:
    seen = {"seen_version": referral.version}
    if referral.decision:
        sentence = {**seen, "text": rules.feedback_sentence(referral.decision)}
        feedback = feedback or forms.Feedback(initial=sentence)
    context = detail_presenter.detail_page(
        request.reader,
        _known(request, referral),
        now=request.received_at,
        decide=decide or forms.Decide(initial=seen),
        feedback=feedback,
    )
    return page(request, "referrals/detail.html", context)


def _known(request: StaffRequest, referral: Referral) -> detail_presenter.Known:
    reader = request.reader
    children = queries.described_children(referral.pk)
    links = list(queries.links(referral.pk))
    unlinks = queries.unlinks(referral.pk)
    hits = _hits(request, referral, children, links)
    ids = {each.person_id for each in links} | {each.link.person_id for each in unlinks}
    ids |= {hit.person_id for found in hits.values() for hit in found}
    return detail_presenter.Known(
        referral=referral,
        children=children,
        links=links,
        unlinks=unlinks,
        people=people.lines(reader, ids),
        hits=hits,
        others={each.person_id: queries.of_child(reader, each.person_id) for each in links},
        firings=queries.firings(referral.pk),
        watched=queries.is_watched(referral.pk),
        decided_by=queries.name_of(referral.decided_by_id),
        feedback_by=queries.name_of(referral.feedback_by_id),
    )


def _hits(
    request: StaffRequest,
    referral: Referral,
    children: list[DescribedChild],
    links: list[Link],
) -> dict[UUID, list[Hit]]:
    """Search for each described child who is not found yet, for those who may link."""
    if not policy.can_work(request.reader, referral):
        return {}
    if not access.may(request.reader, Permission.PEOPLE_SEARCH):
        return {}
    found_already = {each.described_id for each in links}
    queried = {each.pk: _query(each) for each in children if each.pk not in found_already}
    return {
        described_id: linkage.find(request.reader, query, limit=5)
        for described_id, query in queried.items()
        if not query.is_empty
    }


def _query(child: DescribedChild) -> Query:
    return Query(
        given=child.given or child.known_as,
        family=child.family,
        born_on=child.born_on,
        born_precision=child.born_precision or "day",
        age=rules.age_in_words(child.age_said),
        phone=child.phone,
        postcode=child.postcode,
    )


@grants(Permission.REFERRAL_SCREEN)
@once
def decide(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Record what happens with a concern, and why."""
    referral = queries.referral_to_change(request.reader, referral_id)
    if request.method != "POST":
        return redirect_to(request, "referrals:detail", referral_id)
    policy.check_can_decide(request.reader, referral)
    form = forms.Decide(request.POST)
    if form.is_valid():
        found = form.cleaned_data
        linked = len(queries.linked_people(referral.pk))
        try:
            policy.check_decision_has_grounds(
                decision=found["decision"], reason=found["reason"], linked=linked
            )
        except Refused as refused:
            form.add_error("decision", refused.sentence)
    if not form.is_valid():
        return _detail(request, referral, decide=form)
    actions.decide(
        referral=referral,
        seen_version=found["seen_version"],
        decision=Decision(found["decision"]),
        reason=found["reason"],
        by=request.reader,
        at=request.received_at,
    )
    return redirect_to(request, "referrals:detail", referral_id, said="The decision is recorded.")


@grants(Permission.REFERRAL_SCREEN)
@once
def feedback(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Record what the referrer was told."""
    referral = queries.referral_to_change(request.reader, referral_id)
    if request.method != "POST":
        return redirect_to(request, "referrals:detail", referral_id)
    policy.check_can_answer(request.reader, referral)
    form = forms.Feedback(request.POST)
    if not form.is_valid():
        return _detail(request, referral, feedback=form)
    actions.record_feedback(
        referral=referral, by=request.reader, at=request.received_at, **form.cleaned_data
    )
    return redirect_to(
        request, "referrals:detail", referral_id, said="What the referrer was told is recorded."
    )


@grants(Permission.REFERRAL_SCREEN)
@once
def link(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Say that a described child is this person."""
    referral = queries.referral_to_change(request.reader, referral_id)
    if request.method != "POST":
        return redirect_to(request, "referrals:detail", referral_id)
    actions.link(
        referral=referral,
        described=_described_of(request, referral),
        person_id=_uuid(request.POST.get("person", "")),
        by=request.reader,
        at=request.received_at,
    )
    return redirect_to(request, "referrals:detail", referral_id, said="The child is linked.")


def _described_of(request: StaffRequest, referral: Referral) -> DescribedChild:
    described = queries.described_child(request.reader, _uuid(request.POST.get("described", "")))
    if described.referral_id != referral.pk:
        raise Missing
    return described


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Missing from error


@grants(Permission.REFERRAL_SCREEN)
@once
def register(request: StaffRequest, referral_id: UUID, described_id: UUID) -> HttpResponse:
    """Open a record for a described child whom no search found, and link it."""
    described = queries.described_child(request.reader, described_id)
    referral = described.referral
    if referral.pk != referral_id:
        raise Missing
    policy.check_can_work(request.reader, referral)
    authorities = queries.receiving_authorities()
    form = forms.Register(
        posted(request), authorities=authorities, initial=_as_described(described)
    )
    if not form.is_valid():
        context = {
            "form": form,
            "heading": "Register a new child",
            "lede": "Only when the search found nobody. The record opens to the responsible "
            "authority's partnership.",
            "submit": "Register and link",
            "back": reverse("referrals:detail", args=(referral.pk,)),
        }
        return page(request, "ui/form.html", context)
    found = form.cleaned_data
    born = born_parts(found["born"])
    actions.register_and_link(
        referral=referral,
        described=described,
        child={
            "given": found["given"],
            "family": found["family"],
            "known_as": found["known_as"],
            "born_on": born["born_on"],
            "born_precision": born["born_precision"] or DatePrecision.UNKNOWN,
            "sex": found["sex"],
            "responsible": next(
                each for each in authorities if str(each.pk) == found["responsible"]
            ),
        },
        by=request.reader,
        at=request.received_at,
    )
    return redirect_to(
        request, "referrals:detail", referral_id, said="The child is registered and linked."
    )


def _as_described(child: DescribedChild) -> dict[str, object]:
    born = PartialDate(child.born_on, Precision(child.born_precision or Precision.NONE.value))
    return {
        "given": child.given,
        "family": child.family,
        "known_as": child.known_as,
        "born": born,
        "sex": child.sex or "U",
        "responsible": str(child.referral.authority_id),
    }


@grants(Permission.REFERRAL_SCREEN)
@once
def unlink(request: StaffRequest, link_id: UUID) -> HttpResponse:
    """Say that a link was a mistake."""
    made = queries.link_to_change(request.reader, link_id)
    policy.check_can_work(request.reader, made.referral)
    form = forms.Unlink(posted(request))
    if not form.is_valid():
        context = {
            "form": form,
            "heading": "This is not the child",
            "lede": "The link stays on record as a mistake, and what it opened is closed.",
            "submit": "Take the link away",
            "submit_kind": "warning",
            "back": reverse("referrals:detail", args=(made.referral_id,)),
        }
        return page(request, "ui/form.html", context)
    actions.unlink(made=made, by=request.reader, at=request.received_at, **form.cleaned_data)
    return redirect_to(
        request, "referrals:detail", made.referral_id, said="The link is taken away."
    )


@grants(Permission.REFERRAL_SCREEN)
@once
def stop_watching(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """End the watch over a concern."""
    referral = queries.referral_to_change(request.reader, referral_id)
    policy.check_can_stop_watching(
        request.reader, referral, watching=queries.is_watched(referral.pk)
    )
    form = forms.StopWatching(posted(request))
    if not form.is_valid():
        context = {
            "form": form,
            "heading": "Stop watching",
            "lede": "The concern no longer comes back when something new touches what it named.",
            "submit": "Stop watching",
            "submit_kind": "warning",
            "back": reverse("referrals:detail", args=(referral.pk,)),
        }
        return page(request, "ui/form.html", context)
    actions.stop_watching(
        referral=referral, by=request.reader, at=request.received_at, **form.cleaned_data
    )
    return redirect_to(request, "referrals:detail", referral_id, said="The watch has ended.")


@grants(Permission.REFERRAL_SCREEN)
@once
def pass_on(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Hand a concern to the authority it belongs to."""
    referral = queries.referral_to_change(request.reader, referral_id)
    policy.check_can_pass_on(request.reader, referral, linked=queries.links(referral.pk).count())
    others = [each for each in queries.receiving_authorities() if each.pk != referral.authority_id]
    form = forms.PassOn(
        posted(request), authorities=others, initial={"seen_version": referral.version}
    )
    if not form.is_valid():
        context = {
            "form": form,
            "heading": "Pass on to another authority",
            "lede": "Its front door sees the concern at once, and decides. The clock runs on. "
            "You no longer see it unless you work for that authority too.",
            "submit": "Pass on",
            "back": reverse("referrals:detail", args=(referral.pk,)),
        }
        return page(request, "ui/form.html", context)
    found = form.cleaned_data
    actions.pass_on(
        referral=referral,
        seen_version=found["seen_version"],
        authority=next(each for each in others if str(each.pk) == found["authority"]),
        reason=found["reason"],
        by=request.reader,
        at=request.received_at,
    )
    return redirect_to(request, "referrals:inbox", said="The concern is passed on.")
