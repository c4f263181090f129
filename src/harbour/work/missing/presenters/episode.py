"""One episode: its page, the forms about it, the sheet for the night."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.ui import components as ui
from harbour.foundation.ui import when
from harbour.foundation.ui.components import Colour
from harbour.record.people.queries import ChildHeader
from harbour.work.missing import policy, rules
from harbour.work.missing import vocabulary as v
from harbour.work.missing.models import Episode, ReturnInterview
from harbour.work.missing.presenters import deeds
from harbour.work.missing.presenters.board import (
    RISK_COLOURS,
    InterviewClock,
    moment_words,
    risk_tag,
)
from harbour.work.missing.presenters.profile import photo_url, photo_words, rows
from harbour.work.missing.presenters.sheet import sent_list
from harbour.work.missing.queries import EpisodeFile


@dataclass(frozen=True, kw_only=True)
class Live:
    """How an open page asks whether there is more, and what it says of itself."""

    href: str
    words: str


@dataclass(frozen=True, kw_only=True)
class EpisodePage:
    """All that the page of an episode shows."""

    name: str
    also: str
    kind: str
    facts: ui.FactBand
    warnings: tuple[str, ...]
    known: ui.SummaryList | None
    buttons: tuple[ui.Button, ...]
    further: tuple[ui.Link, ...]
    details: ui.SummaryList
    log: ui.Timeline
    log_form: BaseForm | None
    log_action: str
    returned: ui.SummaryList | None
    interview: ui.SummaryList | None
    interview_closed: bool
    words: str
    would_help: str
    said_on: str
    grades: ui.Timeline
    sent: ui.ActionList | None
    live: Live


@dataclass(frozen=True, kw_only=True)
class SheetPage:
    """The sheet for the night."""

    name: str
    facts: ui.SummaryList
    profile: ui.SummaryList | None
    photo: str
    photo_words: str
    back: str
    is_open: bool


def episode_page(
    reader: Reader, file: EpisodeFile, log_form: BaseForm, *, at: datetime, renewed: bool = False
) -> EpisodePage:
    """Return the page of an episode for this reader, or what is new on one that stands open."""
    episode, interview = file.episode, file.interview
    return EpisodePage(
        name=name_of(file.child),
        also=_also(file.child),
        kind=v.EpisodeKind(episode.kind).label,
        facts=_facts(reader, file, at),
        warnings=_warnings(file, at),
        known=None if episode.returned else _known(episode),
        buttons=deeds.buttons(reader, file, at),
        further=deeds.further(reader, file),
        details=_details(episode, may_change=policy.can_amend(reader, episode)),
        log=_log(file),
        log_form=log_form if policy.can_log(reader, episode) else None,
        log_action=reverse("missing:log", args=[episode.pk]),
        returned=_returned(episode) if episode.returned else None,
        interview=_interview(interview, at) if interview else None,
        # After a return there is always one: what is not there is closed to this reader.
        interview_closed=episode.returned and interview is None,
        words=interview.child_words if interview else "",
        would_help=interview.would_help if interview else "",
        said_on=when.moment(interview.held_at) if interview and interview.held_at else "",
        grades=_grades(file),
        sent=sent_list(file.sent, episode, at=at) if file.sent else None,
        live=_live(file, at, renewed=renewed),
    )


def _live(file: EpisodeFile, at: datetime, *, renewed: bool) -> Live:
    href = f"{reverse('missing:changed', args=[file.episode.pk])}?seen={file.mark}"
    if not renewed:
        return Live(href=href, words="This page keeps itself up to date.")
    latest = max(file.log, key=lambda each: each.recorded_at, default=None)
    news = f" Last: {v.LogKind(latest.kind).label}, {latest.recorded_by.name}." if latest else ""
    return Live(href=href, words=f"Brought up to date at {when.clock_time(at)}.{news}")


def act_page(file: EpisodeFile, form: BaseForm, heading: str, **more: Any) -> dict[str, Any]:
    """Return a page that asks one thing about an episode."""
    back = reverse("missing:episode", args=[file.episode.pk])
    return {
        "form": form,
        "heading": heading,
        "who": name_of(file.child),
        "when": policy.words_of(file.episode),
        "back": back,
        "cancel": back,
        **more,
    }


def offer_as_it_stands(interview: ReturnInterview) -> dict[str, Any]:
    """Return what the offer's form begins with: the offer as it was last recorded."""
    offered = interview.offered if interview.offered != v.Answer.NOT_KNOWN else None
    return {
        "seen_version": interview.version,
        "offered": offered,
        "offered_at": interview.offered_at,
        "service": interview.service,
        "interviewer": str(interview.interviewer_id or ""),
        "best_placed_reason": interview.best_placed_reason,
        "not_offered_reason": interview.not_offered_reason,
        "not_applicable_reason": interview.not_offered_reason,
    }


def sheet_page(file: EpisodeFile, *, today: date) -> SheetPage:
    """Return the sheet for the night: what somebody needs who looks for the child."""
    episode, child = file.episode, file.child
    return SheetPage(
        name=name_of(child),
        facts=ui.SummaryList((*_seen(episode), *_who(child), *_police(episode))),
        profile=ui.SummaryList(rows(file.profile), title="From the child's profile")
        if file.profile
        else None,
        photo=photo_url(file.profile) if file.profile else "",
        photo_words=photo_words(file.profile, today=today) if file.profile else "",
        back=reverse("missing:episode", args=[episode.pk]),
        is_open=not episode.returned,
    )


def answers_so_far(
    draft_id: UUID, steps: Mapping[str, tuple[str, BaseForm]]
) -> tuple[ui.SummaryList, ...]:
    """Return what was answered on the earlier pages of a report, each with a link to change it."""
    return tuple(
        ui.SummaryList(
            tuple(
                ui.Row(str(field.label), _answer(form, field.name))
                for field in form
                if _answer(form, field.name)
            ),
            title=heading,
            actions=(
                ui.Link(
                    "Change",
                    reverse("missing:report_step", args=[draft_id, name]),
                    about=heading.lower(),
                ),
            ),
        )
        for name, (heading, form) in steps.items()
    )


def name_of(child: ChildHeader) -> str:
    """Return a child's name with their age."""
    return child.name if child.age is None else f"{child.name}, {child.age}"


def _answer(form: BaseForm, name: str) -> str:
    value = form.cleaned_data.get(name)
    if isinstance(value, datetime):
        return when.moment(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    choices = dict(getattr(form.fields[name], "choices", ()))
    return str(choices.get(value, value or ""))


def _also(child: ChildHeader) -> str:
    return f"Also known as {', '.join(child.also)}" if child.also else ""


def _facts(reader: Reader, file: EpisodeFile, at: datetime) -> ui.FactBand:
    episode = file.episode
    began = moment_words(episode.started_at, episode.started_precision)
    length = when.length(
        rules.open_for(starts_at=episode.started_at, ends_at=episode.returned_at, at=at)
    )
    if episode.returned:
        back = moment_words(episode.returned_at, episode.returned_precision)
        exact = {episode.started_precision, episode.returned_precision} == {v.Precision.MINUTE}
        missing = f"Missing from {began}" + (f" for {length}" if exact else "")
        now = ui.Fact("Now", "Back", f"{missing}. Back: {back}.", Colour.GREEN)
    else:
        now = ui.Fact("Now", f"Missing for {length}", f"Last seen {began}", Colour.RED)
    owner = _owner_fact(reader, episode)
    return ui.FactBand((now, _risk_fact(file), owner, _interview_fact(file, at)))


def _risk_fact(file: EpisodeFile) -> ui.Fact:
    risk = file.episode.police_risk
    if not risk:
        return ui.Fact("Police risk grade", "Not graded", "The police have not said.")
    latest = file.grades[0] if file.grades else None
    since = f"Since {when.moment(latest.recorded_at)}" if latest else ""
    grade = v.PoliceRisk(risk)
    return ui.Fact("Police risk grade", str(grade.label), since, RISK_COLOURS[grade])


def _owner_fact(reader: Reader, episode: Episode) -> ui.Fact:
    waits = episode.offered_to is not None and not episode.returned
    offer = f"Offered to {_whom(reader, episode)}, not acknowledged" if waits else ""
    if episode.owner is None:
        help_text = "" if episode.returned else "Take it over."
        return ui.Fact("Owner", "Nobody", offer or help_text, Colour.RED)
    if waits:
        return ui.Fact("Owner", episode.owner.name, offer, Colour.ORANGE)
    taken = when.moment(episode.owner_acknowledged_at) if episode.owner_acknowledged_at else ""
    return ui.Fact("Owner", episode.owner.name, f"Acknowledged {taken}", Colour.GREEN)


def _whom(reader: Reader, episode: Episode) -> str:
    if episode.offered_to is None or episode.offered_to_id == reader.user_id:
        return "you"
    return episode.offered_to.name


def _interview_fact(file: EpisodeFile, at: datetime) -> ui.Fact:
    label = "Return home interview"
    interview = file.interview
    if interview is None:
        return ui.Fact(label, "Not due", "The 72 hours begin with the return.")
    settled = {v.Answer.NO, v.Answer.NOT_APPLICABLE}
    if interview.held_at is not None:
        clock = InterviewClock(interview.due_at, at, done_at=interview.held_at)
        return ui.Fact(label, "Held", clock if interview.due_at else when.moment(interview.held_at))
    if interview.accepted in settled:
        return ui.Fact(label, "Declined" if interview.accepted == v.Answer.NO else "Not applicable")
    if interview.offered in settled:
        return ui.Fact(label, "Not offered", interview.not_offered_reason)
    value = "Offered" if interview.offered == v.Answer.YES else "Not offered yet"
    return ui.Fact(label, value, InterviewClock(interview.due_at, at))


def _warnings(file: EpisodeFile, at: datetime) -> tuple[str, ...]:
    found = [
        f"{words.capitalize()}: the local rule asks for a strategy discussion."
        for words in file.repeats
    ]
    grown = policy.adult_since(file.episode, at=at)
    if grown is not None:
        on = when.day(grown)
        found.append(
            f"Turned 18 on {on}. The episode counts as a child's until that day and stays open "
            "here until the return is recorded. Write down who goes on looking."
        )
    if file.episode.overlaps:
        found.append("This episode came from a return and overlaps another one of this child.")
    return tuple(found)


def _who(child: ChildHeader) -> tuple[ui.Row, ...]:
    known_as = (ui.Row("Also known as", ", ".join(child.also)),) if child.also else ()
    return (
        *known_as,
        ui.Row("Sex", child.sex),
        ui.Row("Responsible authority", child.responsible.name if child.responsible else None),
    )


def _known(episode: Episode) -> ui.SummaryList:
    """Return what somebody who looks for the child tonight asks first."""
    asked = (
        ("Last seen", episode.last_seen),
        ("Wearing", episode.wearing),
        ("May be with", episode.with_whom),
    )
    return ui.SummaryList(tuple(ui.Row(key, text or "Not known") for key, text in asked))


def _seen(episode: Episode) -> tuple[ui.Row, ...]:
    return (
        ui.Row("Last seen", moment_words(episode.started_at, episode.started_precision)),
        ui.Row("Where, and by whom", episode.last_seen or None),
        ui.Row("Wearing", episode.wearing or None),
        ui.Row("May be with", episode.with_whom or None),
        ui.Row("Has with them", episode.means or None),
    )


def _police(episode: Episode) -> tuple[ui.Row, ...]:
    told_at = when.moment(episode.reported_at) if episode.reported_at else None
    return (
        ui.Row("Police told", told_at),
        ui.Row("Police reference", episode.police_reference or None),
        ui.Row("Police risk grade", risk_tag(episode.police_risk)),
        ui.Row("Who has been told", episode.told or None),
    )


def _details(episode: Episode, *, may_change: bool) -> ui.SummaryList:
    href = reverse("missing:reclassify", args=[episode.pk])
    change = (ui.Link("Change", href, about="the kind of episode"),) if may_change else ()
    rows = (
        ui.Row("Kind", v.EpisodeKind(episode.kind).label, change),
        ui.Row("Missing from", v.MissingFrom(episode.missing_from).label),
        ui.Row("Counted as", v.Population(episode.population).label),
        ui.Row("Area it began in", episode.authority.name),
        ui.Row("Responsible authority", episode.responsible.name),
        ui.Row("May be out of area", "Yes" if episode.out_of_area else "No or not known"),
        *_seen(episode),
        *_police(episode),
        ui.Row("Reported by", f"{episode.recorded_by.name}, {when.moment(episode.recorded_at)}"),
    )
    return ui.SummaryList(rows)


def _returned(episode: Episode) -> ui.SummaryList:
    how = v.ReturnMethod(episode.returned_how or v.ReturnMethod.NOT_KNOWN).label
    back = moment_words(episode.returned_at, episode.returned_precision)
    check = when.moment(episode.prevention_check_at) if episode.prevention_check_at else None
    return ui.SummaryList(
        (
            ui.Row("Back", back),
            ui.Row("How", how),
            ui.Row("Found where", episode.found_where or None),
            ui.Row("Found with", episode.found_with or None),
            ui.Row("Signs of harm", episode.harm or None),
            ui.Row("Police prevention check", check),
        )
    )


def _interview(interview: ReturnInterview, at: datetime) -> ui.SummaryList:
    rows = [
        ui.Row("72 hours", InterviewClock(interview.due_at, at, done_at=interview.held_at)),
        ui.Row("Offered", v.Answer(interview.offered).label),
    ]
    if interview.offered_at is not None:
        rows.append(ui.Row("Offered at", when.moment(interview.offered_at)))
    if interview.service:
        rows.append(ui.Row("Service", v.InterviewService(interview.service).label))
        rows.append(ui.Row("Why best placed", interview.best_placed_reason))
    if interview.interviewer is not None:
        rows.append(ui.Row("Interviewer", interview.interviewer.name))
    rows.append(ui.Row("Accepted", v.Answer(interview.accepted).label))
    rows += [ui.Row(key, value) for key, value in _told_in(interview) if value]
    return ui.SummaryList(tuple(rows))


def _told_in(interview: ReturnInterview) -> tuple[tuple[str, str], ...]:
    push = ", ".join(str(v.PushFactor(each).label) for each in interview.push_factors)
    pull = ", ".join(str(v.PullFactor(each).label) for each in interview.pull_factors)
    return (
        ("Why not offered", interview.not_offered_reason),
        ("Why declined", interview.declined_reason),
        ("Carer's account", interview.carer_account),
        ("Held by", interview.held_by.name if interview.held_by else ""),
        ("Went away from", push),
        ("Drawn by", pull),
        ("Where", interview.where_text),
        ("With whom", interview.who_text),
        ("How they travelled", interview.travel_text),
        ("Harm", interview.harm_text),
        ("What happens next", interview.actions_text),
    )


def _log(file: EpisodeFile) -> ui.Timeline:
    return ui.Timeline(
        tuple(
            ui.Event(
                title=str(v.LogKind(each.kind).label),
                at=each.at,
                by=_by(each.recorded_by.name, each.at, each.recorded_at),
                text=each.text,
            )
            for each in file.log
        ),
        empty="What is done and heard is written here, with its time.",
    )


def _by(name: str, happened_at: datetime, recorded_at: datetime) -> str:
    late = (recorded_at - happened_at).total_seconds() > 300
    return f"{name}, written {when.moment(recorded_at)}" if late else name


def _grades(file: EpisodeFile) -> ui.Timeline:
    return ui.Timeline(
        tuple(
            ui.Event(
                title=str(v.PoliceRisk(each.grade).label),
                at=each.recorded_at,
                by=f"{each.set_by or 'Set by the police'}; recorded by {each.recorded_by.name}",
                text=each.reason,
            )
            for each in file.grades
        ),
        empty="The police have not graded this episode.",
    )
