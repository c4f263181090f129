"""Who owns an episode: take it, offer it to the next shift, acknowledge what is offered."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.versions import Conflict
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.work.missing import actions, forms, policy, presenters, queries
from harbour.work.missing.views.attempts import CHANGED, done, posted

FORM = "missing/act.html"


@grants(Permission.MISSING_REPORT)
@once
def take_over(request: StaffRequest, episode_id: UUID) -> HttpResponse:
    """Make the reader the owner."""
    return _pressed(request, episode_id, actions.take_over, "You own this episode now.")


@grants(Permission.MISSING_REPORT)
@once
def acknowledge(request: StaffRequest, episode_id: UUID) -> HttpResponse:
    """Take what was offered to the reader."""
    said = "You have acknowledged it: you own this episode now."
    return _pressed(request, episode_id, actions.acknowledge, said)


@grants(Permission.MISSING_REPORT)
@once
def drop_offer(request: StaffRequest, episode_id: UUID) -> HttpResponse:
    """Take an offer back, or say that one cannot take it."""
    return _pressed(request, episode_id, actions.drop_offer, "The offer is ended: the owner stays.")


@grants(Permission.MISSING_REPORT)
@once
def hand_over(request: StaffRequest, episode_id: UUID) -> HttpResponse:
    """Name another owner."""
    file = queries.episode_file(request.reader, episode_id, at=request.received_at)
    policy.check_can_own(request.reader, file.episode)
    form = forms.HandOver(
        posted(request),
        initial={"seen_version": file.episode.version},
        owners=queries.possible_owners(request.reader, file.episode),
    )
    if not (
        form.is_valid()
        and done(
            form,
            lambda: actions.hand_over(
                episode=file.episode, by=request.reader, at=request.received_at, **form.cleaned_data
            ),
        )
    ):
        shown = presenters.act_page(file, form, "Hand over", submit="Hand over")
        return page(request, FORM, shown)
    said = "Offered. It stays with its owner until they acknowledge it."
    return redirect_to(request, "missing:episode", episode_id, said=said)


def _pressed(
    request: StaffRequest, episode_id: UUID, deed: Callable[..., None], said: str
) -> HttpResponse:
    """Do what one button asks for; a page that was old is shown anew and says so."""
    if request.method != "POST":
        return redirect_to(request, "missing:episode", episode_id)
    found = queries.episode(request.reader, episode_id)
    text = request.POST.get("seen_version", "")
    seen = int(text) if text.isascii() and text.isdigit() else 0
    try:
        deed(episode=found, seen_version=seen, by=request.reader, at=request.received_at)
    except Conflict:
        return redirect_to(request, "missing:episode", episode_id, said=CHANGED)
    return redirect_to(request, "missing:episode", episode_id, said=said)
