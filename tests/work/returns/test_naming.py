"""Places and people named are proposals: an analyst judges each; nobody unseen is counted."""

from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.record.people import actions as people
from harbour.record.places.models import Place
from harbour.work.missing.models import ReturnInterview
from harbour.work.returns import actions, queries
from harbour.work.returns.actions import Verdict
from harbour.work.returns.models import Judgement, Named
from harbour.work.returns.vocabulary import Together
from tests.builders.missing import ActingAs, ClientFor
from tests.builders.people import a_child
from tests.builders.restrictions import a_restriction
from tests.builders.returns import a_held_interview, an_absence, an_interview

NOW = clock.now
PLACE = Verdict(
    outcome="accepted",
    reason="Two children describe it.",
    strength="tentative",
    place_kind="flat",
    whereabouts={"name": "Flat over the chip shop", "street": "4 Mill Lane", "locality": "Fenby"},
)


@pytest.fixture
def held(cast: SimpleNamespace, as_user: ActingAs) -> ReturnInterview:
    """Give a held interview in which a place and a person were named."""
    with as_user(cast.coordinator) as reader:
        interview = an_interview(reader, a_child(reader, cast.county, given="Ada").pk)
        return a_held_interview(
            reader,
            interview,
            places_named=("Flat over the chip shop", "Bus station"),
            people_named=("Bo Crane",),
        )


def test_what_is_named_waits_for_the_analyst_and_nobody_else_judges_it(
    cast: SimpleNamespace, as_user: ActingAs, held: ReturnInterview
) -> None:
    with as_user(cast.coordinator) as reader:
        named = list(Named.objects.filter(interview=held).order_by("kind", "text"))
        assert [each.text for each in named] == [
            "Bo Crane",
            "Bus station",
            "Flat over the chip shop",
        ]
        with pytest.raises(Refused):
            actions.judge(named=named[2], verdict=PLACE, by=reader, at=NOW())
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            _plain_judgement(named[2], reader.user_id).save(force_insert=True)
        assert Place.objects.filter(street="4 Mill Lane").count() == 0

    with as_user(cast.analyst) as reader:
        assert {each.pk for each in queries.to_judge(reader)} >= {each.pk for each in named}
        with pytest.raises(Refused, match="reason"):
            actions.judge(
                named=named[1], verdict=Verdict(outcome="refused", reason=""), by=reader, at=NOW()
            )
        actions.judge(
            named=named[1],
            verdict=Verdict(outcome="refused", reason="Everybody passes it."),
            by=reader,
            at=NOW(),
        )
        actions.judge(named=named[2], verdict=PLACE, by=reader, at=NOW())
        again = queries.named(reader, named[2].pk)
        with pytest.raises(Refused, match="judged already"):
            actions.judge(named=again, verdict=PLACE, by=reader, at=NOW())
        assert again.judgement.place is not None
        assert again.judgement.place.street == "4 Mill Lane"
        assert named[2].pk not in {each.pk for each in queries.to_judge(reader)}


def _plain_judgement(named: Named, by: UUID) -> Judgement:
    return Judgement(
        person_id=named.person_id,
        named_id=named.pk,
        outcome="refused",
        reason="Not mine to judge",
        recorded_at=NOW(),
        recorded_by_id=by,
    )


def test_the_queue_leads_to_a_judgement(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor, held: ReturnInterview
) -> None:
    with as_user(cast.coordinator) as reader:
        bo = a_child(reader, cast.county, given="Bo", family="Crane")
    analyst = client_for(cast.analyst)
    assert "Bus station" in analyst.get(reverse("returns:named")).content.decode()
    with as_user(cast.analyst) as reader:
        person = Named.objects.get(interview=held, kind="person")
        place = Named.objects.get(interview=held, text="Bus station")

    page = reverse("returns:judge", args=[person.pk])
    assert "Bo Crane" in analyst.get(page).content.decode()
    said = {"outcome": "accepted", "other": str(bo.pk), "strength": "confirmed", "reason": "CCTV."}
    assert analyst.post(page, said).status_code == 302
    page = reverse("returns:judge", args=[place.pk])
    assert "Enter the name" in analyst.post(
        page, {"outcome": "accepted", "place_kind": "transport", "strength": "confirmed",
               "reason": "Seen there.", "name": ""},
    ).content.decode()  # fmt: skip
    assert analyst.post(page, {"outcome": "refused", "reason": "Too wide."}).status_code == 302

    with as_user(cast.analyst):
        assert Judgement.objects.get(named=person).other_id == bo.pk
        assert Judgement.objects.get(named=place).outcome == "refused"


def test_who_goes_missing_together_is_shown_without_whom_the_reader_may_not_see(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor
) -> None:
    with as_user(cast.coordinator) as reader:
        ada = a_child(reader, cast.county, given="Ada", family="Birch")
        bo = a_child(reader, cast.county, given="Bo", family="Crane")
        cy = a_child(reader, cast.county, given="Cy", family="Dale")
        an_absence(reader, ada.pk, where="The boathouse, Fenby", whom="Bo Crane")
        an_absence(reader, bo.pk, where="boathouse Fenby", hours=31)
        an_absence(reader, cy.pk, where="Boathouse, Fenby", hours=29)
        pairs = queries.pairs(reader, at=NOW())
        assert {frozenset(pair.children) for pair in pairs} == {
            frozenset({ada.pk, bo.pk}),
            frozenset({ada.pk, cy.pk}),
            frozenset({bo.pk, cy.pk}),
        }
        mine = {frozenset(pair.children): pair.why for pair in pairs}
        assert mine[frozenset({ada.pk, bo.pk})] == {Together.SAME_WORDS, Together.SAID}
        (place,) = queries.places(reader, at=NOW())
        assert (place.episodes, set(place.children)) == (3, {ada.pk, bo.pk, cy.pk})
        of_ada = queries.companions_of(reader, ada.pk, at=NOW())
        assert {frozenset(pair.children) for pair in of_ada} == {
            frozenset({ada.pk, bo.pk}),
            frozenset({ada.pk, cy.pk}),
        }
        a_restriction(reader, cy.pk)

    with as_user(cast.team_manager) as reader:
        (pair,) = queries.pairs(reader, at=NOW())
        assert set(pair.children) == {ada.pk, bo.pk}
        (place,) = queries.places(reader, at=NOW())
        assert (place.episodes, set(place.children)) == (2, {ada.pk, bo.pk})
    with as_user(cast.city_front_door) as reader:
        assert queries.pairs(reader, at=NOW()) == ()
        assert queries.places(reader, at=NOW()) == ()
    shown = client_for(cast.team_manager).get(reverse("returns:together")).content.decode()
    assert "Ada Birch" in shown
    assert "Cy Dale" not in shown


def test_words_once_accepted_stand_for_that_place_wherever_they_recur(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        ada = a_child(reader, cast.county, given="Ada", family="Birch")
        people.add_name(
            person_id=ada.pk, kind="alias", given="Adie", family="", by=reader, at=NOW()
        )
        first = an_absence(reader, ada.pk, where="The boathouse", hours=80)
        an_absence(reader, ada.pk, where="boathouse", hours=40)
    with as_user(cast.analyst) as reader:
        (line,) = queries.places_of(reader, ada.pk, at=NOW())
        assert (line.place_id, line.episodes) == (None, 2)
        actions.judge(named=Named.objects.get(episode=first), verdict=PLACE, by=reader, at=NOW())
        (line,) = queries.places_of(reader, ada.pk, at=NOW())
        assert (line.strength, line.episodes) == ("Tentative", 2)
        assert line.name.startswith("Flat over the chip shop")
