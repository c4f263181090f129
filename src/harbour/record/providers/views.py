"""The register of homes."""

from django.http import HttpResponse

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies import queries as agencies
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.ui import listing
from harbour.foundation.ui.pages import page
from harbour.record.providers import presenters, queries
from harbour.record.providers.forms import HomesFilter

BY_NAME = listing.Order(
    keys={
        "name": ("agency__name",),
        "authority": ("authority__name", "agency__name"),
        "urn": ("urn",),
        "places": ("places",),
    },
    default="name",
)


@grants(Permission.MISSING_REPORT)
def homes(request: StaffRequest) -> HttpResponse:
    """List the homes of the register, with how many children the reader may see in each."""
    reader = request.reader
    form = HomesFilter(request.GET or None, authorities=list(agencies.authorities()))
    wanted = listing.wanted(request.GET, BY_NAME)
    found = queries.homes(reader, words=form.words_typed, authority=form.authority_chosen)
    shown = listing.paged(found.order_by(*wanted.order_by), wanted)
    today = london_date(request.received_at)
    children = queries.children_in_homes(reader, [each.pk for each in shown.items], on=today)
    return page(
        request, "providers/homes.html", presenters.homes_page(form, shown, wanted, children)
    )
