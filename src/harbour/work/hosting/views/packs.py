"""The pack: read, issued, given, acknowledged."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from harbour.foundation.access.guards import StaffRequest, grants, signed_in
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.record.providers import queries as providers
from harbour.work.hosting import actions, forms, policy, presenters, queries
from harbour.work.hosting.views.forms import form_page, posted


@grants(Permission.HOSTING)
def packs(request: StaffRequest) -> HttpResponse:
    """List the versions of the pack, and who has acknowledged the newest."""
    reader = request.reader
    latest = queries.latest_pack(reader)
    given = list(queries.sent(reader, latest.pk)) if latest else []
    context = presenters.packs_page(list(queries.packs(reader)), given)
    return page(request, "hosting/packs.html", context)


@signed_in("the pack holds guidance and numbers to ring, and no child")
def pack(request: StaffRequest, pack_id: UUID) -> HttpResponse:
    """Show one version of the pack, with the directory of contacts below it."""
    reader = request.reader
    found = queries.pack(reader, pack_id)
    own = queries.own_pack(reader)
    context = presenters.pack_page(
        found,
        list(providers.contacts(reader)),
        own if own is not None and own.pack_id == pack_id else None,
        today=london_date(request.received_at),
    )
    return page(request, "hosting/pack.html", context)


@grants(Permission.HOSTING)
@once
def issue(request: StaffRequest) -> HttpResponse:
    """Issue the next version of the pack, to every provider of the area."""
    reader = request.reader
    policy.check_can_keep(reader)
    latest = queries.latest_pack(reader)
    form = forms.PackForm(posted(request), initial={"text": latest.text if latest else ""})
    if form.is_valid():
        row = actions.issue_pack(
            receivers=queries.receivers(reader),
            by=reader,
            at=request.received_at,
            **form.cleaned_data,
        )
        said = f"Version {row.number} is issued. Those it was given to acknowledge it."
        return redirect_to(request, "hosting:packs", said=said)
    back = reverse("hosting:packs")
    lede = "It goes to every open home of your areas, and to the authorities that place there."
    return form_page(request, form, "Issue the pack", back, lede=lede, submit="Issue it")


@grants(Permission.PLACEMENT_NOTIFY)
@require_POST
@once
def acknowledge(request: StaffRequest, sent_id: UUID) -> HttpResponse:
    """Say for one's own agency that the pack was received and read."""
    found = queries.sent_of(request.reader, sent_id)
    actions.acknowledge_pack(sent=found, by=request.reader, at=request.received_at)
    return redirect_to(request, "hosting:pack", found.pack_id, said="Your agency has acknowledged.")
