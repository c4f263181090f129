"""Bring in reviews, health, and children who came alone: facts that no other room keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from harbour.exchange.ssda903.actions.outcomes import Brought
from harbour.exchange.ssda903.models import HealthYear, Review, Unaccompanied
from harbour.exchange.ssda903.rules.rows import HealthRow, ReviewRow, UascRow
from harbour.foundation.access.reader import Reader

BATCH = 2000
HEALTH_FACTS = (
    "sdq_score",
    "sdq_reason",
    "convicted",
    "health_check",
    "immunisations",
    "teeth_check",
    "health_assessment",
    "substance_misuse",
    "intervention_received",
    "intervention_offered",
)


def bring_in_reviews(
    rows: Sequence[ReviewRow], *, people: Mapping[str, UUID], by: Reader, at: datetime
) -> Brought:
    """Write the reviews the hub does not have."""
    stored = set(
        Review.objects.filter(person_id__in=set(people.values())).values_list(
            "person_id", "held_on", "participation"
        )
    )
    new = [
        Review(
            person_id=people[row.child],
            held_on=row.held_on,
            participation=row.participation,
            recorded_by_id=by.user_id,
            recorded_at=at,
        )
        for row in rows
        if (people[row.child], row.held_on, row.participation) not in stored
    ]
    Review.objects.bulk_create(new, batch_size=BATCH)
    return Brought(new=len(new), unchanged=len(rows) - len(new), people=people)


def bring_in_health(
    rows: Sequence[HealthRow],
    *,
    people: Mapping[str, UUID],
    year_ending: int,
    by: Reader,
    at: datetime,
) -> Brought:
    """Write the year's health of each child, or what the return has changed about it."""
    stored = {
        year.person_id: year
        for year in HealthYear.objects.filter(
            person_id__in=set(people.values()), year_ending=year_ending
        )
    }
    new, changed = [], []
    for row in rows:
        facts = {name: value for name, value in asdict(row).items() if name in HEALTH_FACTS}
        year = stored.get(people[row.child])
        if year is None:
            new.append(
                HealthYear(
                    person_id=people[row.child],
                    year_ending=year_ending,
                    recorded_by_id=by.user_id,
                    recorded_at=at,
                    **facts,
                )
            )
        elif any(getattr(year, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(year, name, value)
            changed.append(year)
    HealthYear.objects.bulk_create(new, batch_size=BATCH)
    HealthYear.objects.bulk_update(changed, HEALTH_FACTS, batch_size=BATCH)
    return Brought(
        new=len(new),
        changed=len(changed),
        unchanged=len(rows) - len(new) - len(changed),
        people=people,
    )


def bring_in_alone(
    rows: Sequence[UascRow], *, people: Mapping[str, UUID], by: Reader, at: datetime
) -> Brought:
    """Write which children came alone, or the day the return has changed."""
    stored = {
        each.person_id: each
        for each in Unaccompanied.objects.filter(person_id__in=set(people.values()))
    }
    new, changed = [], []
    for row in rows:
        known = stored.get(people[row.child])
        if known is None:
            new.append(
                Unaccompanied(
                    person_id=people[row.child],
                    status_ceases_on=row.status_ceases_on,
                    recorded_by_id=by.user_id,
                    recorded_at=at,
                )
            )
        elif known.status_ceases_on != row.status_ceases_on:
            known.status_ceases_on = row.status_ceases_on
            changed.append(known)
    Unaccompanied.objects.bulk_create(new, batch_size=BATCH)
    Unaccompanied.objects.bulk_update(changed, ["status_ceases_on"], batch_size=BATCH)
    return Brought(
        new=len(new),
        changed=len(changed),
        unchanged=len(rows) - len(new) - len(changed),
        people=people,
    )
