"""Bring in the episodes table: where each child lived, under which legal status."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from harbour.exchange.ssda903.actions.outcomes import Brought, kept_as_it_was
from harbour.exchange.ssda903.rules.checks import as_written
from harbour.exchange.ssda903.rules.findings import Finding
from harbour.exchange.ssda903.rules.rows import EpisodeRow
from harbour.exchange.ssda903.vocabulary import EPISODES, SOURCE
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel import clock
from harbour.record.people import actions as people_actions
from harbour.record.people import vocabulary as v
from harbour.record.people.models import CareStatus
from harbour.record.providers.actions import HOME_FACETS
from harbour.record.providers.models import Home, Placement

BATCH = 1000
# What a placement takes over from the row; the rest says whose row it is.
FACTS = (
    "home_id",
    "host_id",
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
    stored, by_hand = _stored(authority, people.values())
    homes = _homes(rows)
    new: list[Placement] = []
    changed: list[Placement] = []
    findings: list[Finding] = []
    was_open: dict[UUID, bool] = {}
    for key, row in source_keys(rows).items():
        placement = stored.get(key)
        if placement is not None:
            was_open[placement.pk] = _goes_on(placement, at)
            if _take_over(placement, row, homes.get(row.urn)):
                changed.append(placement)
        elif (people[row.child], row.starts_on) in by_hand:
            findings.append(_recorded_by_hand(row))
        else:
            new.append(
                Placement(
                    person_id=people[row.child],
                    responsible=authority,
                    source_key=key,
                    **_facts(row, homes.get(row.urn)),
                    **stamp,
                )
            )
    Placement.objects.bulk_create(new, batch_size=BATCH)
    Placement.objects.bulk_update(changed, FACTS, batch_size=BATCH)
    _keep_care_status({each.person_id for each in (*new, *changed)}, authority, stamp)
    _open_and_close((*new, *changed), was_open, by=by, at=at)
    return Brought(
        new=len(new),
        changed=len(changed),
        unchanged=len(rows) - len(new) - len(changed),
        findings=tuple(findings),
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


def _stored(
    authority: Agency, people: Iterable[UUID]
) -> tuple[dict[str, Placement], set[tuple[UUID, date]]]:
    """Return the placements of earlier returns by key, and child and first day of those by hand."""
    placements = Placement.objects.filter(person_id__in=set(people), responsible=authority)
    stored = {each.source_key: each for each in placements if each.source_key}
    return stored, {(each.person_id, each.starts_on) for each in placements if not each.source_key}


def _facts(row: EpisodeRow, home: Home | None) -> dict[str, Any]:
    return {
        "home_id": home.pk if home else None,
        "host_id": home.authority_id if home else None,
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


def _take_over(placement: Placement, row: EpisodeRow, home: Home | None) -> bool:
    """Write the row's facts into a stored placement; say whether one was another.

    A home that somebody gave the placement by hand stays: the return may have no number for it.
    """
    facts = _facts(row, home)
    if home is None:
        del facts["home_id"], facts["host_id"]
    changes = {field: value for field, value in facts.items() if getattr(placement, field) != value}
    for field, value in changes.items():
        setattr(placement, field, value)
    return bool(changes)


def _recorded_by_hand(row: EpisodeRow) -> Finding:
    return kept_as_it_was(
        EPISODES,
        row,
        column="DECOM",
        value=as_written(row.starts_on),
        problem="The hub has a placement that begins on this day, recorded by hand",
    )


def _goes_on(placement: Placement, at: datetime) -> bool:
    return placement.ends_on is None or placement.ends_on > clock.london_date(at)


def _open_and_close(
    placements: Iterable[Placement], was_open: Mapping[UUID, bool], *, by: Reader, at: datetime
) -> None:
    """Open records to home and host authority while a placement lasts, and close them after."""
    homed = [each for each in placements if each.home_id is not None]
    homes = Home.objects.in_bulk({each.home_id for each in homed if each.home_id})
    for placement in homed:
        if was_open.get(placement.pk):
            people_actions.end_standings(
                person_id=placement.person_id, because_id=placement.pk, by=by, at=at
            )
        if placement.home_id and _goes_on(placement, at):
            _open(placement, homes[placement.home_id], by=by, at=at)


def _open(placement: Placement, home: Home, *, by: Reader, at: datetime) -> None:
    wanted: list[tuple[str, v.Basis, tuple[str, ...]]] = [
        (v.Audience.AGENCY.of(home.agency_id), v.Basis.PLACED, HOME_FACETS)
    ]
    if placement.host_id is not None and placement.host_id != placement.responsible_id:
        wanted.append((v.Audience.AUTHORITY.of(placement.host_id), v.Basis.HOST, v.EVERY_FACET))
    for audience, basis, facets in wanted:
        people_actions.give_standing(
            person_id=placement.person_id,
            audience=audience,
            basis=basis,
            facets=facets,
            because_id=placement.pk,
            by=by,
            at=at,
        )


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
