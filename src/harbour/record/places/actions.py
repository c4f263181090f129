"""Write places down, one row for one address."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.record.places import rules
from harbour.record.places.models import Place
from harbour.record.places.vocabulary import PlaceKind


class Whereabouts(TypedDict, total=False):
    """An address as it was given."""

    name: str
    street: str
    locality: str
    postcode: str
    easting: int | None
    northing: int | None
    authority: Agency | None


@transaction.atomic
def place_for(*, kind: PlaceKind, by: Reader, at: datetime, **given: Unpack[Whereabouts]) -> Place:
    """Return the place of this kind already known by this address, or write it down."""
    text = {key: str(given.get(key) or "") for key in ("name", "street", "locality", "postcode")}
    key = rules.match_key(**text)
    known = Place.objects.filter(kind=kind, match_key=key).first() if key else None
    if known is not None:
        return known
    place = Place(
        kind=kind,
        match_key=key,
        postcode_key=rules.postcode_key(text["postcode"]),
        postcode_flag=rules.postcode_flag(text["postcode"]),
        easting=given.get("easting"),
        northing=given.get("northing"),
        authority=given.get("authority"),
        recorded_at=at,
        recorded_by_id=by.user_id,
        **text,
    )
    place.save(force_insert=True)
    audit.record(Act.COLLECT, "places.recorded", about=place, by=by, at=at)
    return place
