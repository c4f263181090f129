"""What the reader may do about an episode, as buttons: the most pressing first."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.ui import components as ui
from harbour.work.missing import policy
from harbour.work.missing import vocabulary as v
from harbour.work.missing.models import Episode, ReturnInterview
from harbour.work.missing.queries import EpisodeFile


def _owner_buttons(reader: Reader, episode: Episode) -> Iterator[ui.Button]:
    """Yield what can be done about the owner, the most pressing first."""
    key, seen = episode.pk, (("seen_version", str(episode.version)),)
    if policy.can_acknowledge(reader, episode):
        yield _press("Acknowledge", "missing:acknowledge", key, seen, kind="")
    elif policy.can_own(reader, episode) and episode.owner_id != reader.user_id:
        kind = "" if episode.owner is None else "secondary"
        yield _press("Take over", "missing:take_over", key, seen, kind=kind)
    if policy.can_drop_offer(reader, episode):
        words = "I cannot take it" if episode.offered_to_id == reader.user_id else "Take offer back"
        yield _press(words, "missing:drop_offer", key, seen)
    elif policy.can_own(reader, episode):
        yield _to("Hand over", "missing:hand_over", key)


def _to(text: str, name: str, key: UUID) -> ui.Button:
    return ui.Button(text, reverse(name, args=[key]), kind="secondary")


def _press(
    text: str, name: str, key: UUID, fields: tuple[tuple[str, str], ...], kind: str = "secondary"
) -> ui.Button:
    return ui.Button(text, reverse(name, args=[key]), kind=kind, post=True, fields=fields)


def buttons(reader: Reader, file: EpisodeFile, at: datetime) -> tuple[ui.Button, ...]:
    """Return what the reader may do about an episode."""
    episode = file.episode
    key = episode.pk
    found: list[ui.Button] = list(_owner_buttons(reader, episode))
    if policy.can_record_return(reader, episode):
        kind = "secondary" if found and found[0].kind == "" else ""
        found.append(ui.Button("Record return", reverse("missing:return", args=[key]), kind=kind))
    if policy.can_amend(reader, episode):
        found += [_to("Set police risk", "missing:risk", key)]
        found += [_to("Change what is known", "missing:amend", key)]
    if policy.can_carry_on(reader, episode, at=at):
        found.append(_to("Write down who carries on", "missing:carry_on", key))
    if policy.can_check_prevention(reader, episode):
        href = reverse("missing:prevention", args=[key])
        found.append(ui.Button("Record prevention check", href, kind="secondary"))
    if file.interview is not None:
        found += _interview_buttons(reader, file.interview)
    return tuple(found)


def further(reader: Reader, file: EpisodeFile) -> tuple[ui.Link, ...]:
    """Return the ways to what else is known of the child."""
    episode, links = file.episode, []
    if policy.may_report(reader):
        links.append(ui.Link("Sheet to print", reverse("missing:sheet", args=[episode.pk])))
    if policy.can_send(reader, episode):
        href = reverse("missing:send_sheet", args=[episode.pk])
        links.append(ui.Link("Send the sheet", href))
    if file.profile is not None or policy.may_report(reader):
        href = reverse("missing:profile", args=[episode.person_id])
        links.append(ui.Link("Missing profile", href))
    if reader.may(Permission.PEOPLE_SEARCH):
        href = reverse("cases:child", args=[episode.person_id])
        links.append(ui.Link("Child's whole record", href))
    return tuple(links)


def _interview_buttons(reader: Reader, interview: ReturnInterview) -> list[ui.Button]:
    key, offered = interview.pk, interview.offered == v.Answer.YES
    buttons = []
    if policy.can_offer(reader, interview):
        text = "Change the offer" if offered else "Offer interview"
        kind = "secondary" if offered else ""
        buttons.append(ui.Button(text, reverse("missing:offer", args=[key]), kind=kind))
    if policy.can_answer(reader, interview):
        href = reverse("missing:answer", args=[key])
        buttons.append(ui.Button("Record answer", href, kind="secondary"))
    told = interview.offered != v.Answer.NOT_KNOWN or interview.held_at is not None
    if told and any(reader.may(each) for each in policy.READS_INTERVIEWS):
        href = reverse("returns:interview", args=[key])
        buttons.append(ui.Button("Interview and review", href, kind="secondary"))
    if policy.can_hold(reader, interview):
        buttons.append(ui.Button("Write up interview", reverse("missing:hold", args=[key])))
    return buttons
