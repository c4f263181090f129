"""Tools completed about a child: by whom, once, in pairs, and looked back at."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.foundation.kernel.versions import Conflict
from harbour.record.people.models import Person
from harbour.work.assessments import actions, policy, queries, rules
from harbour.work.assessments.models import Assessment, ToolVersion
from harbour.work.assessments.vocabulary import Judgement, Recency
from tests.builders.assessments import an_assessment, answers_to, completed, some_drafts
from tests.builders.people import a_child

type Acting = Callable[[User], AbstractContextManager[Reader]]
type Unbound = Callable[[], AbstractContextManager[None]]
type SignIn = Callable[[User], Client]


@pytest.fixture
def child(cast: SimpleNamespace, as_user: Acting) -> Person:
    with as_user(cast.front_door) as reader:
        return a_child(reader, cast.county)


def address(name: str, *args: object) -> str:
    return reverse(f"assessments:{name}", args=args)


def posted(assessment: Assessment, **seen: Recency) -> dict[str, str]:
    """Return the fields of a page on which every question is answered."""
    answers = answers_to(assessment.version_used.definition, **seen)
    fields = {
        f"{code}_{part}": text for code, given in answers.items() for part, text in given.items()
    }
    return {**fields, "seen_version": str(assessment.version)}


@pytest.mark.usefixtures("db")
def test_the_tools_of_the_release_are_published_as_they_stand_in_their_files() -> None:
    stored = {each.definition["code"]: each.definition for each in ToolVersion.objects.all()}

    assert stored == {each["code"]: each for each in queries.definitions()}


def test_a_judgement_stands_beside_the_score_and_may_differ(
    cast: SimpleNamespace, as_user: Acting, child: Person
) -> None:
    with as_user(cast.nurse) as reader:
        made = an_assessment(reader, child.pk, judgement=Judgement.HIGH, r_missing=Recency.RECENT)
        [line] = queries.of_child(reader, child.pk)

    assert (made.score, made.score_band, made.judgement) == (2, "none", "high")
    assert (line.score_label, line.judgement_label) == ("Few signs", "High")
    assert not line.is_draft


def test_nobody_judges_with_gaps_or_without_a_reason(
    cast: SimpleNamespace, as_user: Acting, child: Person
) -> None:
    with as_user(cast.nurse) as reader:
        [draft] = some_drafts(reader, child.pk, "gat")
        judge = partial(actions.complete, assessment=draft, seen_version=1, judgement=Judgement.LOW)
        with pytest.raises(Refused, match="25 answers are missing"):
            judge(reason="Because", by=reader, at=clock.now())
        draft.answers = answers_to(draft.version_used.definition)

        with pytest.raises(Refused, match="Say why"):
            judge(reason=" ", by=reader, at=clock.now())


def test_what_was_judged_stays_even_past_the_actions(
    cast: SimpleNamespace, as_user: Acting, child: Person
) -> None:
    with as_user(cast.nurse) as reader:
        made = an_assessment(reader, child.pk)

        with pytest.raises(Refused, match="start a new one"):
            policy.check_can_edit(reader, made)
        assert Assessment.objects.filter(pk=made.pk).update(judgement="none") == 0


def test_two_tools_completed_together_are_a_pair(
    cast: SimpleNamespace, as_user: Acting, child: Person
) -> None:
    with as_user(cast.youth_justice) as reader:
        rat, gat = some_drafts(reader, child.pk, "cse_rat", "gat")
        completed(reader, rat)
        completed(reader, gat)

        assert gat.paired_with == rat
        assert queries.paired(rat) == [gat]
        assert queries.paired(gat) == [rat]


def test_two_people_who_write_at_once_are_told_apart(
    cast: SimpleNamespace, as_user: Acting, child: Person
) -> None:
    with as_user(cast.nurse) as reader:
        [draft] = some_drafts(reader, child.pk, "cse_rat")
        stale = Assessment.objects.select_related("version_used").get(pk=draft.pk)
        answers = answers_to(draft.version_used.definition)
        write = partial(actions.save_draft, seen_version=1, by=reader, at=clock.now())
        write(assessment=draft, answers=answers)

        with pytest.raises(Conflict):
            write(assessment=stale, answers={})


@pytest.mark.parametrize("key", ["city_front_door", "neighbour", "school_lead", "director"])
def test_a_stranger_is_told_an_assessment_is_not_there(
    cast: SimpleNamespace, as_user: Acting, client_for: SignIn, child: Person, key: str
) -> None:
    with as_user(cast.nurse) as reader:
        made = an_assessment(reader, child.pk)

    with as_user(getattr(cast, key)) as reader:
        assert queries.of_child(reader, child.pk) == []
        with pytest.raises(Missing):
            queries.assessment(reader, made.pk, at=clock.now())
    assert client_for(getattr(cast, key)).get(address("assessment", made.pk)).status_code == 404


def test_those_who_only_read_do_not_assess(
    cast: SimpleNamespace, as_user: Acting, child: Person
) -> None:
    with as_user(cast.analyst) as reader, pytest.raises(Refused, match="Your role"):
        policy.check_can_assess(reader, child.pk)
    with as_user(cast.city_front_door) as reader, pytest.raises(Refused, match="not write"):
        policy.check_can_assess(reader, child.pk)


def test_a_tool_is_walked_from_start_to_judgement(
    cast: SimpleNamespace, as_user: Acting, client_for: SignIn, child: Person, unbound: Unbound
) -> None:
    browser = client_for(cast.nurse)
    versions = [str(each.pk) for each in queries.newest_versions()]
    assert "Select at least one tool" in browser.post(address("start", child.pk)).content.decode()

    started = browser.post(address("start", child.pk), {"tools": versions})
    with as_user(cast.nurse):
        draft, other = Assessment.objects.order_by("paired_with_id").select_related("version_used")
        if draft.paired_with_id:
            draft, other = other, draft
    assert started.headers["Location"] == address("fill", draft.pk)
    page = browser.get(address("fill", draft.pk)).content.decode()
    assert "Vulnerability" in page
    assert "0 of " in page
    assert "To be completed together with" in page

    browser.post(address("fill", draft.pk), {**posted(draft, h_said=Recency.RECENT), "judge": "1"})
    page = browser.get(address("judge", draft.pk)).content.decode()
    assert "What the score is made of" in page
    assert "checked" not in page[page.index("What do you judge?", page.index("<form")) :]
    page = browser.post(address("judge", draft.pk), {"seen_version": "2"}).content.decode()
    assert "Select what you judge" in page
    assert "Enter why you judge this" in page
    done = browser.post(
        address("judge", draft.pk),
        {"judgement": "high", "reason": "She told the nurse.", "seen_version": "2"},
        follow=True,
    ).content.decode()

    assert "The assessment is complete." in done
    assert "The judgement differs from the score." in done
    assert "She told the nurse." in done
    with unbound():
        events = set(Entry.objects.values_list("event", flat=True))
    assert {"assessments.started", "assessments.draft_saved", "assessments.completed"} <= events


def test_gaps_are_named_on_the_page_before_anybody_judges(
    cast: SimpleNamespace, as_user: Acting, client_for: SignIn, child: Person
) -> None:
    with as_user(cast.nurse) as reader:
        [draft] = some_drafts(reader, child.pk, "cse_rat")
    browser = client_for(cast.nurse)
    half = {"v_home_answer": "yes", "seen_version": "1", "judge": "1"}

    page = browser.post(address("fill", draft.pk), half, follow=True)

    words = page.content.decode()
    assert "Enter what this rests on: The child has lived with violence" in words
    assert "Select an answer: The child has lost somebody close" in words


def test_a_draft_written_by_two_shows_both_texts(
    cast: SimpleNamespace, as_user: Acting, client_for: SignIn, child: Person
) -> None:
    with as_user(cast.nurse) as reader:
        [draft] = some_drafts(reader, child.pk, "cse_rat")
    browser = client_for(cast.nurse)
    browser.post(
        address("fill", draft.pk),
        {"seen_version": "1", "v_home_answer": "yes", "v_home_evidence": "Police log"},
    )

    page = browser.post(
        address("fill", draft.pk),
        {"seen_version": "1", "v_home_answer": "yes", "v_home_evidence": "School file"},
    )

    assert page.status_code == 409
    words = page.content.decode()
    assert "Police log" in words
    assert "School file" in words


def test_the_version_stays_with_the_assessment(
    cast: SimpleNamespace, as_user: Acting, child: Person
) -> None:
    with as_user(cast.nurse) as reader:
        made = an_assessment(reader, child.pk, "gat", r_drugs=Recency.BOTH)

    found = rules.score(made.version_used.definition, made.answers)
    assert (found.total, made.score) == (3, 3)
