"""Bring in the episodes table: where each child lived, under which legal status."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from harbour.exchange.ssda903.actions.outcomes import Brought
from harbour.exchange.ssda903.rules.rows import EpisodeRow
from harbour.exchange.ssda903.vocabulary import SOURCE
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.record.people.models import CareStatus
from harbour.record.providers.models import Home, Placement

BATCH = 1000
# What a placement takes over from the row; the rest says whose row it is.
FACTS = (
    "starts_on",
    "ends_on",
    "placement_type",
    "provider_type",
    "legal_status",
    "reason_new",
    "need",
    "reason_ended",
    "reason_changed",
    "home_postcode",
    "placement_postcode",
    "urn",
)


def bring_in(
    rows: Sequence[EpisodeRow],
    *,
    people: Mapping[str, UUID],
    authority: Agency,
    by: Reader,
    at: datetime,
) -> Brought:
    """Write placements the hub does not have, and what the return has changed about the others."""
    stamp = {"recorded_by_id": by.user_id, "recorded_at": at}
    keys = source_keys(rows)
    stored = {
        placement.source_key: placement
        for placement in Placement.objects.filter(
            responsible=authority, source_key__startswith=SOURCE
        )
    }
    homes = _homes(rows)
    new = [
        Placement(
            person_id=people[row.child],
            responsible=authority,
            home=homes.get(row.urn),
            source_key=key,
            **_facts(row),
            **stamp,
        )
        for key, row in keys.items()
        if key not in stored
    ]
    changed = [
        stored[key] for key, row in keys.items() if key in stored and _take_over(stored[key], row)
    ]
    Placement.objects.bulk_create(new, batch_size=BATCH)
    Placement.objects.bulk_update(changed, FACTS, batch_size=BATCH)
    _keep_care_status({each.person_id for each in (*new, *changed)}, authority, stamp)
    return Brought(
        new=len(new),
        changed=len(changed),
        unchanged=len(rows) - len(new) - len(changed),
        people=people,
    )


def source_keys(rows: Iterable[EpisodeRow]) -> dict[str, EpisodeRow]:
    """Return the rows by what tells them apart for good: child, first day, and which that day."""
    that_day: dict[tuple[str, date], int] = defaultdict(int)
    keys = {}
    for row in sorted(rows, key=lambda row: (row.child, row.starts_on, row.ends_on or date.max)):
        day = (row.child, row.starts_on)
        that_day[day] += 1
        keys[f"{SOURCE} {row.child} {row.starts_on} {that_day[day]}"] = row
    return keys


def _facts(row: EpisodeRow) -> dict[str, Any]:
    return {
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "placement_type": row.placement,
        "provider_type": row.provider,
        "legal_status": row.legal_status,
        "reason_new": row.reason_new,
        "need": row.need,
        "reason_ended": row.reason_ceased,
        "reason_changed": row.reason_change,
        "home_postcode": row.home_postcode,
        "placement_postcode": row.placement_postcode,
        "urn": row.urn,
    }


def _take_over(placement: Placement, row: EpisodeRow) -> bool:
    """Write the row's facts into a stored placement; say whether one was another."""
    changes = {
        field: value for field, value in _facts(row).items() if getattr(placement, field) != value
    }
    for field, value in changes.items():
        setattr(placement, field, value)
    return bool(changes)


def _homes(rows: Iterable[EpisodeRow]) -> dict[str, Home]:
    numbers = {row.urn for row in rows} - {""}
    return {home.urn: home for home in Home.objects.filter(urn__in=numbers)}


def _keep_care_status(people: set[UUID], authority: Agency, stamp: Mapping[str, Any]) -> None:
    """Keep each child's history of legal statuses in step with the placements of the return."""
    placements: dict[UUID, list[Placement]] = defaultdict(list)
    for placement in Placement.objects.filter(
        responsible=authority, person_id__in=people, source_key__startswith=SOURCE
    ).order_by("starts_on", "source_key"):
        placements[placement.person_id].append(placement)
    stored = {
        (status.person_id, status.starts_on): status
        for status in CareStatus.objects.filter(person_id__in=people, source=SOURCE)
    }
    new, changed = [], []
    for person, theirs in placements.items():
        for code, starts_on, ends_on in legal_statuses(theirs):
            status = stored.get((person, starts_on))
            if status is None:
                new.append(
                    CareStatus(
                        person_id=person,
                        legal_status=code,
                        starts_on=starts_on,
                        ends_on=ends_on,
                        source=SOURCE,
                        **stamp,
                    )
                )
            elif (status.legal_status, status.ends_on) != (code, ends_on):
                status.legal_status, status.ends_on = code, ends_on
                changed.append(status)
    CareStatus.objects.bulk_create(new, batch_size=BATCH)
    CareStatus.objects.bulk_update(changed, ["legal_status", "ends_on"], batch_size=BATCH)


def legal_statuses(placements: Iterable[Placement]) -> list[tuple[str, date, date | None]]:
    """Return the legal statuses of placements in order of time, those that go on as one."""
    runs: list[tuple[str, date, date | None]] = []
    for placement in placements:
        code, starts_on, ends_on = placement.legal_status, placement.starts_on, placement.ends_on
        if runs and runs[-1][0] == code and starts_on <= (runs[-1][2] or date.max):
            latest = runs[-1][2]
            goes_on = None if latest is None or ends_on is None else max(latest, ends_on)
            runs[-1] = (code, runs[-1][1], goes_on)
        elif runs and runs[-1][1] == starts_on:
            runs[-1] = (code, starts_on, ends_on)
        else:
            runs.append((code, starts_on, ends_on))
    return runs
