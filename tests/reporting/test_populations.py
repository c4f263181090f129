"""The four populations: kept counts equal a recount, and nobody is told what is closed to them."""

import random
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.urls import reverse

from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel import clock
from harbour.insight.reporting import queries, rules
from harbour.insight.reporting.models import Break, MissingCount
from harbour.insight.reporting.queries.populations import kept_counts
from harbour.insight.reporting.vocabulary import Span
from harbour.work.missing.models import Episode
from harbour.work.missing.vocabulary import EpisodeKind, Population
from tests.builders.missing import ActingAs, ClientFor, Unbound, an_episode, hours_ago
from tests.builders.people import a_child
from tests.builders.restrictions import a_restriction

FIRST = datetime(2024, 1, 1, tzinfo=UTC)
type Groups = dict[tuple[Any, ...], tuple[int, int, int, int]]


@pytest.fixture
def children(cast: SimpleNamespace, as_user: ActingAs) -> list[UUID]:
    with as_user(cast.coordinator) as reader:
        return [a_child(reader, cast.county, given=f"Child {n}").pk for n in range(4)]


def an_imagined(
    chance: random.Random, children: list[UUID], places: list[Agency], by: UUID
) -> Episode:
    """Return an episode of any kind, at any moment of fifteen months."""
    began = FIRST + timedelta(hours=chance.randrange(24 * 450))
    timed = chance.random() < 0.7
    return Episode(
        person_id=chance.choice(children),
        kind=chance.choice(EpisodeKind.values),
        missing_from="home",
        population=chance.choice(Population.values),
        authority=chance.choice(places),
        responsible=chance.choice(places),
        started_at=began,
        returned=True,
        returned_at=began + timedelta(hours=3) if timed else None,
        overlaps=chance.random() < 0.2,
        recorded_at=clock.now(),
        recorded_by_id=by,
    )


def starts_of(day: date) -> dict[str, date]:
    """Return the first day of the quarter and of the council's year, worked out on its own."""
    quarter = day.replace(month=day.month - (day.month - 1) % 3, day=1)
    year = date(day.year if day.month >= 4 else day.year - 1, 4, 1)
    return {"quarter": quarter, "year": year}


def recounted(partners: set[UUID]) -> Groups:
    """Count every episode there is by hand."""
    seen: dict[tuple[Any, ...], list[Episode]] = defaultdict(list)
    for each in Episode.objects.all():
        hosted = each.population == Population.HOSTED
        whose = each.authority_id if hosted else each.responsible_id
        if whose not in partners:
            continue
        for span, start in starts_of(clock.london_date(each.started_at)).items():
            for authority in (None, whose):
                for population in ("", each.population):
                    seen[span, start, authority, population, each.kind].append(each)
    return {
        key: (
            sum(not each.overlaps for each in group),
            len({each.person_id for each in group if not each.overlaps}),
            sum(each.overlaps for each in group),
            sum(not each.overlaps and each.returned_at is None for each in group),
        )
        for key, group in seen.items()
    }


def kept() -> Groups:
    """Return the kept counts that are not noughts."""
    rows = MissingCount.objects.values_list(
        "span", "starts_on", "authority", "population", "kind",
        "episodes", "children", "overlapping", "no_return_time",
    )  # fmt: skip
    return {tuple(row[:5]): row[5:] for row in rows if any(row[5:])}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_kept_counts_equal_a_recount_after_any_writing(
    seed: int,
    cast: SimpleNamespace,
    children: list[UUID],
    unbound: Unbound,
) -> None:
    chance = random.Random(seed)
    places = [cast.county, cast.city, cast.neighbour_authority]
    partners = {each.pk for each in Agency.objects.filter(partner=True)}
    assert not cast.neighbour_authority.partner

    with unbound():
        for _ in range(12):
            new = [
                an_imagined(chance, children, places, cast.coordinator.pk)
                for _ in range(chance.randrange(1, 8))
            ]
            Episode.objects.bulk_create(new)
            known = list(Episode.objects.all())
            for each in chance.sample(known, k=min(3, len(known))):
                other = an_imagined(chance, children, places, cast.coordinator.pk)
                for name in ("person_id", "population", "overlaps", "kind", "responsible_id"):
                    setattr(each, name, getattr(other, name))
                each.started_at, each.returned_at = other.started_at, other.returned_at
                each.save(force_update=True)
            gone = chance.sample(known, k=min(2, len(known)))
            Episode.objects.filter(pk__in=[each.pk for each in gone]).delete()

            assert kept() == recounted(partners)

        Agency.objects.filter(pk=cast.neighbour_authority.pk).update(partner=True)
        with_neighbour = kept()
        assert with_neighbour == recounted(partners | {cast.neighbour_authority.pk})
        Agency.objects.filter(pk=cast.neighbour_authority.pk).update(partner=False)
        assert kept() == recounted(partners) != with_neighbour


def test_nobody_reads_the_kept_counts_past_the_function(
    cast: SimpleNamespace, as_user: ActingAs, children: list[UUID]
) -> None:
    quarter = rules.quarter_of(clock.london_date(hours_ago(1)))
    together = queries.scopes()[0]
    with as_user(cast.coordinator) as reader:
        an_episode(reader, children[0], hours=1)
    with as_user(cast.home_manager), connection.cursor() as cursor:
        assert kept_counts(Span.QUARTER, [quarter.starts_on], together) == []
        cursor.execute("SELECT has_table_privilege('reporting_missingcount', 'SELECT')")
        assert cursor.fetchone() == (False,)
    with as_user(cast.coordinator):
        rows = kept_counts(Span.QUARTER, [quarter.starts_on], together)
        assert (Population.NOT_LOOKED_AFTER, 1, 1) in {(row[1], row[3], row[4]) for row in rows}


def test_a_restricted_child_is_counted_for_those_named_alone(
    cast: SimpleNamespace, as_user: ActingAs, children: list[UUID]
) -> None:
    quarter = rules.quarter_of(clock.london_date(hours_ago(1)))
    together = queries.scopes()[0]
    with as_user(cast.coordinator) as reader:
        for child in children[:2]:
            an_episode(reader, child, hours=1)
        a_restriction(reader, children[0])

    def told(user: Any) -> tuple[int, int]:
        with as_user(user) as reader:
            found = queries.populations(reader, quarter, together, at=clock.now())
            counted = found.counted(0, Population.NOT_LOOKED_AFTER)
            return counted.episodes, counted.children

    assert told(cast.coordinator) == (2, 2)
    assert told(cast.front_door) == (1, 1)


@pytest.mark.usefixtures("no_second_factor")
def test_the_page_tells_episodes_children_and_both_together(
    cast: SimpleNamespace,
    client_for: ClientFor,
    as_user: ActingAs,
    children: list[UUID],
    unbound: Unbound,
) -> None:
    quarter = rules.quarter_of(clock.london_date(hours_ago(1)))
    with as_user(cast.coordinator) as reader:
        an_episode(reader, children[0], hours=1)
    with unbound():
        Break(
            family="missing",
            starts_on=quarter.starts_on,
            sentence="More is recorded.",
            recorded_by=cast.coordinator,
            recorded_at=clock.now(),
        ).save(force_insert=True)
    address = reverse("reporting:populations", args=(quarter.slug, quarter.number))

    shown = client_for(cast.coordinator).get(address).content.decode()
    closed = client_for(cast.director).get(address).content.decode()

    assert "Own children, not looked after" in shown
    assert "Return time not recorded" in shown
    assert "The way of counting changed on" in shown
    assert "from 1 to 5 are shown as c" in closed
    assert "Return time not recorded" not in closed
