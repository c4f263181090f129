"""What stands around every page: who is signed in, where they may go, how the page is marked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.module_loading import import_string
from django.utils.safestring import mark_safe

from harbour.foundation.access.guards import rule_of
from harbour.foundation.access.middleware import seconds_left
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.foundation.ui import when
from harbour.foundation.ui.components import Place

MARKING = "OFFICIAL-SENSITIVE"
SERVICE_NAME = "Harbour"
# As many places as stand in one line of the bar at 1,200 pixels.
PLACES_IN_THE_BAR = 7


@dataclass(frozen=True)
class Destination:
    """A place that opens to the reader, and what is done there."""

    text: str
    href: str
    purpose: str
    namespace: str


@dataclass(frozen=True)
class Frame:
    """The frame of one page."""

    navigation: tuple[Place, ...]
    demo: bool
    who: str
    job: str
    agency: str
    at: datetime
    home: str
    sign_out: str
    # The request that made the page: the ledger's rows of it carry the same mark.
    request: str = ""
    account: str = ""
    stay: str = ""
    # Seconds until the session ends by itself if nothing happens.
    lasts: int = 0
    service_name: str = SERVICE_NAME
    marking: str = MARKING

    @property
    def ends_at(self) -> datetime:
        """Return when the session ends by itself."""
        return self.at + timedelta(seconds=self.lasts)

    @property
    def signed_in(self) -> bool:
        """Say whether anybody is signed in."""
        return bool(self.who)

    @property
    def on_paper(self) -> str:
        """Return who printed it and when, as the text of a style: it stands on every sheet."""
        who = ", ".join(each for each in (self.who, self.job, self.agency) if each)
        return _as_style_text(f"{who}, on {when.moment(self.at)}. Request {self.request}")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every template its frame."""
    reader = getattr(request, "reader", None)
    at = getattr(request, "received_at", None) or clock.now()
    return {
        "frame": Frame(
            navigation=_bar(request, reader) if reader is not None else (),
            demo=bool(getattr(settings, "HARBOUR_DEMO", False)),
            who=reader.name if reader is not None else "",
            job=reader.job if reader is not None else "",
            agency=reader.agency_name if reader is not None else "",
            at=at,
            home=_address("home:my_work") or "/",
            sign_out=_address("account_logout"),
            request=getattr(request, "request_id", ""),
            account=_address("entrance:account"),
            stay=_address("entrance:stay"),
            lasts=seconds_left(request) if reader is not None else 0,
        )
    }


def _as_style_text(text: str) -> str:
    """Return a text as a string of CSS that nothing in it can end."""
    kept = "".join(
        each if each.isascii() and (each.isalnum() or each in " ,.:-") else f"\\{ord(each):x} "
        for each in text
    )
    return mark_safe(f'"{kept}"')  # noqa: S308 - letters, digits and escapes only


def destinations(reader: Reader) -> tuple[Destination, ...]:
    """Return every place of the hub that opens to the reader, the most used first."""
    return tuple(
        Destination(text, href, purpose, url_name.partition(":")[0])
        for text, url_name, purpose in _registry()
        if (href := _address(url_name)) and _admits(href, reader)
    )


def _bar(request: HttpRequest, reader: Reader) -> tuple[Place, ...]:
    """Return the places of the bar: those that fit, and one that leads to the others."""
    here = request.resolver_match.namespace if request.resolver_match else ""
    opens = destinations(reader)
    more = _address("home:more")
    if len(opens) <= PLACES_IN_THE_BAR or not more:
        return tuple(_place(each, here) for each in opens)
    first, others = opens[: PLACES_IN_THE_BAR - 1], opens[PLACES_IN_THE_BAR - 1 :]
    beyond = request.path == more or here in {each.namespace for each in others}
    on_more = request.path == more
    bar = tuple(_place(each, "" if on_more else here) for each in first)
    return (*bar, Place("More", more, current=beyond))


def _place(destination: Destination, here: str) -> Place:
    return Place(
        destination.text, destination.href, current=bool(here) and destination.namespace == here
    )


def _admits(href: str, reader: Reader) -> bool:
    """Ask the view itself whom it admits, so that no link leads to a refusal."""
    rule = rule_of(resolve(href).func)
    return rule is not None and rule.admits(reader)


def _registry() -> Iterable[tuple[str, str, str]]:
    dotted = getattr(settings, "HARBOUR_NAVIGATION", "")
    return import_string(dotted) if dotted else ()


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
