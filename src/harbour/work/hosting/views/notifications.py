"""Notifications: listed, received, completed, taken into the record."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import Conflict
from harbour.foundation.ui import listing
from harbour.foundation.ui.pages import conflict, once, page, redirect_to
from harbour.record.linkage import queries as linkage
from harbour.record.people import queries as people
from harbour.record.providers import queries as providers
from harbour.work.hosting import actions, forms, policy, presenters, queries
from harbour.work.hosting.models import Notification
from harbour.work.hosting.views.forms import form_page, posted
from harbour.work.hosting.vocabulary import Direction

LATEST = listing.Order(
    keys={"received": ("received_on", "recorded_at"), "happened": ("happened_on",)},
    default="received",
    descending=True,
)


@grants(Permission.PLACEMENT_NOTIFY)
def notifications(request: StaffRequest) -> HttpResponse:
    """List notifications: those that wait, or all."""
    reader, at = request.reader, request.received_at
    waiting = None if request.GET.get("show") == "all" else True
    wanted = listing.wanted(request.GET, LATEST)
    found = queries.notifications(reader, waiting=waiting).order_by(*wanted.order_by)
    shown = listing.paged(found, wanted)
    people.audit_list(
        reader,
        "hosting.notifications_listed",
        [each.person_id for each in shown.items if each.person_id],
        ("identity", "placement"),
        at,
    )
    context = presenters.notifications_page(
        shown, wanted, everything=waiting is None, may_keep=policy.can_keep(reader)
    )
    return page(request, "hosting/notifications.html", context)


@grants(Permission.PLACEMENT_NOTIFY)
def notification(request: StaffRequest, notification_id: UUID) -> HttpResponse:
    """Show what a notification states and what it lacks."""
    reader = request.reader
    found = _opened(request, notification_id)
    context = presenters.notification_page(
        found,
        may_complete=policy.can_complete(reader, found),
        may_take_in=policy.can_take_in(reader, found),
        back=_back(request),
    )
    return page(request, "hosting/notification.html", context)


def _opened(request: StaffRequest, notification_id: UUID) -> Notification:
    """Return a notification; one about a child of the record is a look at that record."""
    found = queries.notification(request.reader, notification_id)
    if found.person_id is not None:
        people.child(
            request.reader,
            found.person_id,
            groups=("identity", "placement"),
            at=request.received_at,
        )
    return found


def _back(request: StaffRequest) -> str:
    desk = request.reader.may(Permission.PROVIDER_DESK)
    return reverse("hosting:my_home" if desk else "hosting:notifications")


@grants(Permission.PLACEMENT_NOTIFY)
@once
def receive(request: StaffRequest) -> HttpResponse:
    """Record a notification that came by mail, or make one as a placing authority."""
    reader, today = request.reader, london_date(request.received_at)
    form = forms.ReceivedForm(posted(request), today=today, initial={"received_on": today})
    if form.is_valid():
        try:
            row = actions.notify(by=reader, at=request.received_at, **form.notified)
        except Refused as refused:
            form.add_error("happened_on", refused.sentence)
        else:
            said = "The notification is recorded."
            return redirect_to(request, "hosting:notification", row.pk, said=said)
    return form_page(
        request, form, "Record a notification", _back(request), submit="Record the notification"
    )


@grants(Permission.PLACEMENT_NOTIFY)
@once
def complete(request: StaffRequest, notification_id: UUID) -> HttpResponse:
    """Add what a notification lacks."""
    reader = request.reader
    found = _opened(request, notification_id)
    policy.check_can_complete(reader, found)
    back = reverse("hosting:notification", args=[notification_id])
    form = forms.CompleteForm(
        posted(request), duty=found.duty, initial=forms.CompleteForm.initial_of(found)
    )
    if not form.is_valid():
        missing = queries.lacks(found)
        lede = f"Not stated: {'; '.join(missing)}." if missing else "It states everything."
        return form_page(request, form, "What the notification states", back, lede=lede)
    try:
        actions.complete(
            notification=found,
            seen_version=form.cleaned_data["seen_version"],
            by=reader,
            at=request.received_at,
            **form.stated,
        )
    except Conflict as raised:
        return conflict(request, raised, form, keep_theirs=back)
    return redirect_to(request, "hosting:notification", notification_id, said="It is recorded.")


@grants(Permission.HOSTING)
@once
def take_in(request: StaffRequest, notification_id: UUID) -> HttpResponse:
    """Say which child a notification is about; the record follows it."""
    found = _opened(request, notification_id)
    policy.check_can_take_in(request.reader, found)
    offered = _offered(request, found)
    form = forms.TakeInForm(
        posted(request), offered=offered, initial={"seen_version": found.version}
    )
    if form.is_valid():
        try:
            _take_in(request, found, form)
        except Refused as refused:
            form.add_error("which", refused.sentence)
        else:
            return redirect_to(request, "hosting:notifications", said="It is taken in.")
    context = presenters.take_in_page(found, form, is_empty=not offered)
    return page(request, "hosting/take_in.html", context)


def _take_in(request: StaffRequest, found: Notification, form: forms.TakeInForm) -> None:
    reader, at = request.reader, request.received_at
    which = UUID(form.cleaned_data["which"])
    seen = form.cleaned_data["seen_version"]
    if found.direction == Direction.ARRIVAL:
        actions.take_in_arrival(
            notification=found,
            person=people.person(reader, which),
            seen_version=seen,
            by=reader,
            at=at,
        )
        return
    actions.take_in_departure(
        notification=found,
        placement=providers.placement(reader, which),
        seen_version=seen,
        by=reader,
        at=at,
    )


def _offered(request: StaffRequest, found: Notification) -> list[tuple[str, str]]:
    """Return whom it may be about: the child it names, who lives there, or who is found."""
    reader, at = request.reader, request.received_at
    if found.direction == Direction.DEPARTURE:
        return _placed(request, found)
    if found.person_id is not None:
        ids = [found.person_id]
    else:
        asked = linkage.Query(given=found.given, family=found.family, born_on=found.born_on)
        ids = [each.person_id for each in linkage.find(reader, asked, limit=5, at=at)]
    lines = people.lines(reader, ids)
    return [(str(each), presenters.named(lines[each])) for each in ids if each in lines]


def _placed(request: StaffRequest, found: Notification) -> list[tuple[str, str]]:
    reader = request.reader
    if found.placement_id is not None:
        rows = [providers.placement(reader, found.placement_id)]
    elif found.home is not None:
        at = request.received_at
        rows = [each for each, _ in providers.children_placed_at(reader, found.home.pk, at=at)]
    else:
        rows = []
    lines = people.lines(reader, [each.person_id for each in rows])
    return [
        (str(each.pk), presenters.named(lines[each.person_id]))
        for each in rows
        if each.person_id in lines
    ]
