"""One concern as its page shows it: what was said, who it may be, what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.ui import components as ui
from harbour.foundation.ui.components import Colour
from harbour.foundation.ui.forms import PartialDate, Precision
from harbour.record.linkage.queries import Hit
from harbour.record.people.queries import PersonLine
from harbour.record.people.vocabulary import Sex
from harbour.work.referrals import policy, rules
from harbour.work.referrals.forms.desk import Decide, Feedback
from harbour.work.referrals.models import DescribedChild, Firing, Link, Referral, Unlink
from harbour.work.referrals.presenters.desk import described_name, source_words
from harbour.work.referrals.presenters.form import partial_date_words
from harbour.work.referrals.queries import ConcernLine, fired_sentence
from harbour.work.referrals.vocabulary import Channel, Decision, Status, Told


@dataclass(frozen=True, kw_only=True)
class Known:
    """Everything the page rests on, loaded by the view."""

    referral: Referral
    children: Sequence[DescribedChild]
    links: Sequence[Link]
    unlinks: Sequence[Unlink]
    people: Mapping[UUID, PersonLine]
    hits: Mapping[UUID, Sequence[Hit]]
    others: Mapping[UUID, Sequence[ConcernLine]]
    firings: Sequence[Firing]
    watched: bool
    decided_by: str
    feedback_by: str


@dataclass(frozen=True)
class Candidate:
    """Somebody in the record whom a described child may be."""

    line: str
    why: tuple[str, ...]
    caution: tuple[str, ...]
    link: ui.Button | None
    open: ui.Link | None


@dataclass(frozen=True)
class ChildCard:
    """A child as described, and who in the record it is or may be."""

    heading: str
    said: ui.SummaryList
    linked: tuple["LinkedChild", ...]
    candidates: tuple[Candidate, ...]
    searched: bool
    register: ui.Link | None


@dataclass(frozen=True)
class LinkedChild:
    """A child in the record whom the concern is linked to, with what else came in about them."""

    name: str
    about: str
    open: ui.Link | None
    unlink: ui.Link | None
    by: str
    others: tuple[ui.Content, ...]


@dataclass(frozen=True)
class DetailPage:
    """One concern."""

    reference: str
    tags: tuple[ui.Tag, ...]
    clock: ui.Clock
    danger: str
    received: ui.SummaryList
    narrative: str
    children: tuple[ChildCard, ...]
    mistakes: tuple[str, ...]
    decide: Decide | None
    decide_at: str
    decided: ui.SummaryList | None
    decided_reason: str
    feedback: Feedback | None
    feedback_at: str
    told: ui.SummaryList | None
    watch: ui.Timeline | None
    resurfaced: str
    stop_watching: ui.Link | None
    pass_on: ui.Link | None


def detail_page(
    reader: Reader,
    known: Known,
    *,
    now: datetime,
    decide: Decide | None,
    feedback: Feedback | None,
) -> DetailPage:
    """Return the page of one concern for this reader."""
    referral = known.referral
    works = policy.can_work(reader, referral)
    return DetailPage(
        reference=referral.reference,
        tags=_tags(known),
        clock=ui.Clock(referral.screening_due_on, now, done_at=referral.decided_at),
        danger=referral.danger_action if referral.immediate_danger else "",
        received=_received(referral),
        narrative=referral.narrative,
        children=tuple(_card(each, known, works=works) for each in known.children),
        mistakes=tuple(_mistake(each, known) for each in known.unlinks),
        decide=decide if policy.can_decide(reader, referral) else None,
        decide_at=reverse("referrals:decide", args=(referral.pk,)),
        decided=_decided(known),
        decided_reason=referral.decision_reason,
        feedback=feedback if policy.can_answer(reader, referral) else None,
        feedback_at=reverse("referrals:feedback", args=(referral.pk,)),
        told=_told(known),
        watch=_watch(known),
        resurfaced=_resurfaced(known),
        stop_watching=_stop(known) if works else None,
        pass_on=_pass_on(reader, known),
    )


def _tags(known: Known) -> tuple[ui.Tag, ...]:
    referral = known.referral
    found = []
    if referral.immediate_danger and referral.status == Status.NEW:
        found.append(ui.Tag("Danger now", Colour.RED))
    if referral.status == Status.NEW:
        found.append(ui.Tag("To be screened", Colour.YELLOW))
    else:
        found.append(ui.Tag(str(Decision(referral.decision).label), Colour.GREY))
    if known.watched:
        word, colour = ("Resurfaced", Colour.ORANGE) if known.firings else ("In watch", Colour.BLUE)
        found.append(ui.Tag(word, colour))
    return tuple(found)


def _received(referral: Referral) -> ui.SummaryList:
    referrer = tuple(
        part
        for part in (referral.referrer_name, referral.referrer_role, referral.referrer_contact)
        if part
    )
    told = Told(referral.parents_informed).label if referral.parents_informed else None
    rows = [
        ui.Row("Received", (referral.received_at, str(Channel(referral.channel).label))),
        ui.Row("For", referral.authority.name),
        ui.Row("From", (source_words(referral.source, referral.local_source), *referrer)),
        ui.Row("About", rules.concern_labels(referral.concerns)),
        ui.Row("Parents or carers know", (str(told), referral.parents_reason) if told else None),
    ]
    if referral.group_name:
        rows.append(ui.Row("Group or line named", referral.group_name))
    return ui.SummaryList(tuple(rows))


def _card(child: DescribedChild, known: Known, *, works: bool) -> ChildCard:
    mine = [each for each in known.links if each.described_id == child.pk]
    hits = known.hits.get(child.pk)
    linked_ids = {each.person_id for each in known.links}
    referral = known.referral
    register = reverse("referrals:register", args=(referral.pk, child.pk))
    return ChildCard(
        heading=described_name(child),
        said=_described(child),
        linked=tuple(_linked(each, known, works=works) for each in mine),
        candidates=tuple(
            _candidate(hit, child, known, works=works)
            for hit in hits or ()
            if hit.person_id in known.people and hit.person_id not in linked_ids
        ),
        searched=hits is not None,
        register=ui.Link("Register a new child", register, about=described_name(child))
        if works and not mine
        else None,
    )


def _described(child: DescribedChild) -> ui.SummaryList:
    born = PartialDate(child.born_on, Precision(child.born_precision or Precision.NONE.value))
    rows = (
        ("Known as", child.known_as),
        ("Date of birth", partial_date_words(born) if child.born_on else ""),
        ("Age as said", child.age_said),
        ("Sex", str(Sex(child.sex).label) if child.sex else ""),
        ("Where now", child.with_now),
        ("Address", ", ".join(part for part in (child.address, child.postcode) if part)),
        ("Phone", child.phone),
        ("School", child.school),
    )
    return ui.SummaryList(tuple(ui.Row(key, text) for key, text in rows if text))


def _linked(link: Link, known: Known, *, works: bool) -> LinkedChild:
    person = known.people.get(link.person_id)
    unlink = reverse("referrals:unlink", args=(link.pk,))
    others = [each for each in known.others.get(link.person_id, ()) if each.id != known.referral.pk]
    name = person.name if person else "A child whose name you may not see"
    return LinkedChild(
        name=name,
        about=_about(person),
        open=_child_link(link.person_id, name),
        unlink=ui.Link("Not this child", unlink, about=name) if works else None,
        by=f"Linked by {link.recorded_by.name}",
        others=tuple(_other(each) for each in others),
    )


def _other(line: ConcernLine) -> ui.Content:
    when = f"{line.received_at.day} {line.received_at:%B %Y}"
    about = ", ".join(line.concerns)
    text = f"{when}: {about}. {line.decision_label or 'To be screened'}."
    return (ui.Link(line.reference, reverse("referrals:detail", args=(line.id,))), text)


def _about(person: PersonLine | None) -> str:
    if person is None:
        return ""
    age = f"aged {person.age}" if person.age is not None else "age not known"
    return f"{age}, {person.responsible_name}" if person.responsible_name else age


def _candidate(hit: Hit, child: DescribedChild, known: Known, *, works: bool) -> Candidate:
    person = known.people[hit.person_id]
    button = ui.Button(
        "This is the child",
        href=reverse("referrals:link", args=(known.referral.pk,)),
        kind="secondary",
        post=True,
        about=person.name,
        fields=(("described", str(child.pk)), ("person", str(hit.person_id))),
    )
    return Candidate(
        line=f"{person.name}, {_about(person)}",
        why=tuple(hit.why),
        caution=tuple(hit.caution),
        link=button if works else None,
        open=_child_link(hit.person_id, person.name),
    )


def _child_link(person_id: UUID, name: str) -> ui.Link | None:
    try:
        return ui.Link("Open the record", reverse("cases:child", args=(person_id,)), about=name)
    except NoReverseMatch:
        return None


def _mistake(unlink: Unlink, known: Known) -> str:
    person = known.people.get(unlink.link.person_id)
    name = person.name if person else "A child"
    return f"{name} was linked by mistake, said {unlink.recorded_by.name}: {unlink.reason}"


def _decided(known: Known) -> ui.SummaryList | None:
    referral = known.referral
    if not referral.decision:
        return None
    return ui.SummaryList(
        (
            ui.Row("Decision", str(Decision(referral.decision).label)),
            ui.Row("By", known.decided_by),
            ui.Row("When", referral.decided_at),
        )
    )


def _told(known: Known) -> ui.SummaryList | None:
    referral = known.referral
    if referral.feedback_at is None:
        return None
    return ui.SummaryList(
        (
            ui.Row("What was said", referral.feedback_text),
            ui.Row("By", known.feedback_by),
            ui.Row("When", referral.feedback_at),
        )
    )


def _watch(known: Known) -> ui.Timeline | None:
    if known.referral.decision != Decision.NO_FURTHER_ACTION:
        return None
    return ui.Timeline(
        tuple(
            ui.Event("Resurfaced", each.fired_at, text=fired_sentence(each.kind, each.reason))
            for each in known.firings
        ),
        empty="Nothing new has touched the child, address, phone or group of this concern.",
    )


def _resurfaced(known: Known) -> str:
    if not known.firings:
        return ""
    return fired_sentence(known.firings[0].kind, known.firings[0].reason)


def _pass_on(reader: Reader, known: Known) -> ui.Link | None:
    if not policy.can_pass_on(reader, known.referral, linked=len(known.links)):
        return None
    address = reverse("referrals:pass_on", args=(known.referral.pk,))
    return ui.Link("Pass on to another authority", address, about=known.referral.reference)


def _stop(known: Known) -> ui.Link | None:
    if not known.watched:
        return None
    address = reverse("referrals:stop_watching", args=(known.referral.pk,))
    return ui.Link("Stop watching", address, about=known.referral.reference)
