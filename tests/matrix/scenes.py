"""Rows that chance would hardly draw, and rows to try: what each term of a rare policy judges.

Each is a row of its table with these columns set so. They are written past triggers and keys.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from django.db import connection

from tests.matrix.pools import ME
from tests.matrix.world import NOW

SCENE = UUID("0f5c6f0e-52b6-4c43-9d1c-0a8a3f3b7d11")
DAY = NOW.date() + timedelta(days=400)
EARLIER, LATER = str(NOW - timedelta(days=2)), str(NOW + timedelta(days=9))


Planted = tuple[str, dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What the scenes speak of."""

    child: UUID  # of the county, open to its whole partnership
    other: UUID  # of another authority
    restricted: UUID  # of the county, whose whole record is closed to all but one
    under_glass: UUID  # whose record is open to the asker in an emergency
    new: tuple[UUID, ...]  # whom the asker wrote down and nobody stands with
    county: UUID
    elsewhere: UUID
    team: UUID
    here: UUID  # an all-round worker of the county
    asker: UUID  # who holds every right
    lacking: tuple[UUID, ...]  # who hold every right but one
    restrictions: tuple[UUID, ...]
    share: UUID
    shared_with: UUID
    request: UUID  # for access to what is held of the child
    items: Mapping[UUID, UUID]  # on the agenda, of children who lack one thing each
    teams: tuple[UUID, ...]  # of the county: of the asker once, later, and until a day to come


def key(kind: str, name: str) -> str:
    """Return the id of a row of a scene."""
    return str(uuid5(SCENE, f"{kind} {name}"))


@cache
def _is_numbered(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_attribute WHERE attrelid = %s::regclass AND attname = 'id' "
            "AND atttypid <> 'uuid'::regtype",
            [table],
        )
        return cursor.fetchone() is not None


def _new_key(table: str, text: str) -> str | int:
    made = UUID(key(table, text))
    return made.int % 10**15 if _is_numbered(table) else str(made)


def plant(table: str, told: Mapping[str, Any]) -> None:
    """Write a row like the first one of the table, but for these columns."""
    text = json.dumps(told, default=str, sort_keys=True)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, t.told || %s)).*
            FROM (SELECT to_jsonb(t) AS told FROM {table} t ORDER BY t::text LIMIT 1) t""",
            [json.dumps({"id": _new_key(table, text), **told}, default=str)],
        )
        if cursor.rowcount != 1:
            raise LookupError(f"{table} has no row to plant another like")


def plant_all(stage: Stage, twofold: Iterable[UUID]) -> None:
    """Write every scene."""
    for child in twofold:
        held = {"person_id": child, "held_at": EARLIER, "held_by_id": stage.here}
        plant("missing_returninterview", held | {"interviewer_id": None})
    for table, told in (*_meetings(stage), *_two_people(stage), *_concerns(stage)):
        plant(table, told)
    for table, told in (*_children(stage), *_alerts(stage), *_returns(stage)):
        plant(table, told)
    for table, told in (*_hosting(stage), *_discussed(stage)):
        plant(table, told)


def _meetings(stage: Stage) -> Iterator[Planted]:
    for name, closed, authority in (
        ("open", None, stage.county),
        ("closed", EARLIER, stage.county),
        ("away", None, stage.elsewhere),
    ):
        meeting = {
            "id": key("meeting", name),
            "authority_id": authority,
            "closed_at": closed,
            "closed_by_id": closed and stage.here,
            "previous_id": None,
        }
        yield "meetings_meeting", meeting
        yield "meetings_attendance", {"meeting_id": key("meeting", name)}
        for revealed in (None, EARLIER):
            item = key("item", f"{name} {revealed is None}")
            yield (
                "meetings_item",
                {
                    "id": item,
                    "meeting_id": key("meeting", name),
                    "person_id": stage.child,
                    "revealed_at": revealed,
                    "revealed_by_id": revealed and stage.here,
                },
            )
            for agency in (stage.county, stage.elsewhere):
                yield (
                    "meetings_agencyview",
                    {"item_id": item, "person_id": stage.child, "agency_id": agency},
                )
    for child, place in stage.items.items():
        told = {"item_id": str(place), "person_id": child}
        yield "meetings_agencyview", {**told, "agency_id": stage.county}
        yield "meetings_superseded", told
        # The place on the agenda is read, whosever the row is: the child's own standing decides.
        told = {"item_id": key("item", "open True"), "person_id": child}
        yield "meetings_agencyview", {**told, "agency_id": stage.county}
        yield "meetings_superseded", told


def _two_people(stage: Stage) -> Iterator[Planted]:
    plain = {
        "person_id": None,
        "about_id": None,
        "approver": "approve",
        "code": "oversight.export_names",
        "decision": "",
        "decided_at": None,
        "decided_by_id": None,
        "proposed_by_id": stage.here,
    }
    decided = {"decision": "approved", "decided_at": EARLIER, "decided_by_id": stage.asker}
    yield "approvals_proposal", plain
    yield "approvals_proposal", plain | {"proposed_by_id": stage.asker}
    yield "approvals_proposal", plain | decided
    for about in (*stage.restrictions, stage.child):
        told = {"code": "restrictions.lift", "about_id": about}
        yield "approvals_proposal", plain | told
    for code, payload in (
        ("retention.lift_hold", {"hold_id": key("hold", "approved")}),
        ("retention.override", {"person_id": stage.child, "keep_until": str(DAY)}),
        ("subject_access.release", {"request_id": stage.request}),
        ("staff.administrator", {"user_id": stage.here, "team_id": stage.team}),
        ("staff.administrator", {"user_id": ME, "team_id": stage.team}),
    ):
        for by in (stage.asker, *stage.lacking):
            told = json.loads(json.dumps(payload, default=str).replace(ME, str(by)))
            carried = {"carried_out_at": str(NOW), "carried_out_xid": _this_transaction()}
            yield (
                "approvals_proposal",
                plain | decided | carried | {"code": code, "payload": told, "decided_by_id": by},
            )
    held = {"scope": "record", "person_id": stage.child, "lifted_at": None, "lifted_by_id": None}
    yield "retention_hold", {"id": key("hold", "approved"), **held}
    yield "retention_hold", {"scope": "partnership", "person_id": None}


def _concerns(stage: Stage) -> Iterator[Planted]:
    for name, authority, sender in (
        ("linked", stage.elsewhere, stage.here),
        ("unlinked", stage.elsewhere, stage.here),
        ("own", stage.elsewhere, stage.asker),
        ("here", stage.county, stage.here),
    ):
        told = {"authority_id": authority, "sent_by_id": sender, "reference": f"SCENE {name}"}
        yield "referrals_referral", {"id": key("referral", name), **told}
    for name in ("linked", "unlinked"):
        told = {"referral_id": key("referral", name), "person_id": stage.child}
        yield "referrals_link", {"id": key("link", name), **told}
    yield "referrals_unlink", {"link_id": key("link", "unlinked")}
    for by in (stage.asker, *stage.lacking):
        sent = {"id": key("sent", str(by)), "recorded_by_id": by, "recorded_at": str(NOW)}
        told = {"authority_id": stage.elsewhere, "sent_by_id": None, "reference": f"SENT {by}"}
        yield "referrals_referral", sent | told
    for child in (stage.child, stage.restricted):
        told = {"referral_id": key("referral", "here"), "source_id": key("source", "")}
        yield "referrals_firing", {**told, "children": [child]}


def _children(stage: Stage) -> Iterator[Planted]:
    yield "missing_episode", {"person_id": stage.child, "returned": False}
    yield "missing_profile", {"person_id": stage.child}
    for each in stage.new:
        yield "people_person", {"id": each, "recorded_by_id": stage.asker}
    # A part of a record is closed by one whom this person named; the whole of it by another.
    told = {"facets": ["contact"], "whole": False, "lifted_at": None, "lifted_by_id": None}
    named = {"person_id": stage.restricted, "owner_id": stage.asker}
    yield "restrictions_restriction", told | named | {"id": key("restriction", "own")}
    for table in ("people_address", "people_phone"):
        yield table, {"person_id": stage.child, "seal": key("restriction", "own")}
    yield "attachments_filekey", {"person_id": stage.restricted}
    for agency, authority, person in (
        (stage.county, stage.elsewhere, None),
        (stage.county, stage.elsewhere, stage.restricted),
        (stage.elsewhere, stage.county, None),
        (stage.elsewhere, stage.county, stage.other),
        (stage.elsewhere, stage.county, stage.child),
    ):
        told = {"agency_id": agency, "authority_id": authority, "person_id": person}
        yield "sharing_request", told
    for authority in (stage.county, stage.elsewhere):
        yield "ssda903_flag", {"authority_id": authority, "person_id": None}
    yield (
        "people_standing",
        {
            "person_id": stage.under_glass,
            "basis": "emergency",
            "audience": f"user:{stage.asker}",
            "starts_at": EARLIER,
            "ends_at": LATER,
            "facets": ["identity"],
            "writes": True,
        },
    )


def _returns(stage: Stage) -> Iterator[Planted]:
    """Return interviews that were held, and what rests on them."""
    held = {"held_at": EARLIER, "held_by_id": stage.here, "interviewer_id": stage.asker}
    for child in (stage.child, *stage.items):
        told = {"id": key("interview", str(child)), "person_id": child}
        yield "missing_returninterview", held | told
    told = {"id": key("interview", "her own"), "person_id": stage.child}
    yield "missing_returninterview", held | told | {"held_by_id": stage.asker}
    # The interview is read, whosever the row is: the child's own standing decides.
    for child in (stage.child, *stage.items):
        told = {"interview_id": key("interview", str(stage.child)), "person_id": child}
        for table in ("addition", "review", "onward"):
            yield f"returns_{table}", told
        yield "returns_named", {"id": key("named", str(child)), **told}
        yield "missing_interviewanswer", told
        yield "missing_preventioncheck", {"person_id": child, "recorded_by_id": stage.asker}
    days = {"starts_on": "2020-01-01", "ends_on": None}
    for team, when in zip(
        stage.teams,
        ({"ends_on": "2021-01-01"}, {"starts_on": str(DAY)}, {"ends_on": str(DAY)}),
        strict=True,
    ):
        told = {"user_id": stage.asker, "role": "without nothing", "team_id": team}
        yield "access_holding", days | told | when
    told = {"interview_id": key("interview", str(stage.child)), "person_id": stage.child}
    for team in (*stage.teams, stage.team):
        yield "returns_onward", {**told, "team_id": team, "acknowledged_at": None}


def _hosting(stage: Stage) -> Iterator[Planted]:
    """Return what is hers through one of several agencies, of a child and of nobody yet."""
    nobodys = dict.fromkeys(("sender_id", "host_id", "placing_id"), stage.elsewhere)
    for person in (None, stage.child):
        for hers in nobodys:
            told = nobodys | {hers: stage.county, "person_id": person, "taken_in_at": None}
            yield "hosting_notification", told
        nobodys_chase = {"authority_id": stage.elsewhere, "agency_id": stage.elsewhere}
        for hers in nobodys_chase:
            yield "hosting_chase", nobodys_chase | {hers: stage.county, "person_id": person}


def _discussed(stage: Stage) -> Iterator[Planted]:
    """Return what is still open of each child, rows that are nobody's, old notices."""
    for user in (stage.asker, stage.here):
        yield "entrance_notice", {"user_id": user, "at": str(NOW - timedelta(days=200))}
    for child in stage.items:
        yield "discussions_discussion", {"person_id": child, "closed_at": None}
        told = {"person_id": child, "answered_at": None, "answered_by_id": None}
        yield "discussions_ask", told
    for authority in (stage.county, stage.elsewhere):
        yield "police_missing_rowfinding", {"authority_id": authority, "person_id": None}


def _alerts(stage: Stage) -> Iterator[Planted]:
    for user in (stage.here, stage.asker):
        for audience in (stage.county, stage.elsewhere):
            told = {"user_id": user, "answer": "", "audiences": [f"authority:{audience}"]}
            answered = {"answered_at": None, "answered_by_id": None, "until": None}
            yield "audit_alert", told | answered


def _this_transaction() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])


def primes(table: str, stage: Stage) -> list[dict[str, Any]]:
    """Return rows of a table that are worth trying to add."""
    tried = _tried_with_the_record(stage) | _tried_with_the_work(stage)
    return [*tried.get(table, []), *_tried_with_a_child(table, stage)]


def _tried_with_the_record(stage: Stage) -> dict[str, list[dict[str, Any]]]:
    own = f"authority:{stage.county}"
    standing = {
        "recorded_by_id": ME,
        "person_id": stage.child,
        "facets": ["identity"],
        "granted": ["identity"],
        "writes": False,
        "starts_at": EARLIER,
        "ends_at": str(NOW + timedelta(days=1)),
        "because_id": stage.share,
    }
    return {
        "people_standing": [
            standing | {"basis": "shared", "audience": f"agency:{stage.shared_with}"},
            standing | {"basis": "allocated", "audience": f"user:{stage.here}"},
            standing | {"basis": "placed", "audience": f"agency:{stage.shared_with}"},
            standing | {"basis": "host", "audience": own},
            standing | {"basis": "responsible", "audience": own, "person_id": stage.new[0]},
            standing | {"basis": "responsible", "audience": own, "person_id": stage.under_glass},
            standing | {"basis": "responsible", "audience": own},
        ],
        "access_holding": [
            {"role": "system_administrator", "user_id": user, "team_id": stage.team}
            for user in (stage.here, ME)
        ],
        "audit_entry": [{"actor_id": None, "act": "deny"}, {"actor_id": ME, "act": "consult"}],
    }


def _tried_with_the_work(stage: Stage) -> dict[str, list[dict[str, Any]]]:
    mine = {"recorded_by_id": ME}
    return {
        "meetings_agencyview": [
            {"item_id": key("item", "open True"), "person_id": stage.child, "agency_id": agency}
            for agency in (stage.county, stage.elsewhere)
        ],
        "meetings_superseded": [
            {"item_id": key("item", "open True"), "person_id": stage.child},
        ],
        "meetings_item": [{"meeting_id": key("meeting", "open"), "person_id": stage.child}],
        "referrals_describedchild": [
            mine | {"referral_id": key("sent", str(by)), "recorded_at": str(NOW)}
            for by in (stage.asker, *stage.lacking)
        ],
        "referrals_referral": [
            mine | {"sent_by_id": sender, "status": "new"} for sender in (None, ME)
        ],
        "retention_hold": [
            mine | {"scope": scope, "person_id": person, "lifted_at": None, "lifted_by_id": None}
            for scope, person in (("record", stage.child), ("partnership", None))
        ],
        "retention_longer": [mine | {"person_id": stage.child, "keep_until": str(DAY)}],
        "sharing_request": [
            mine | {"agency_id": stage.county, "person_id": person}
            for person in (None, stage.child)
        ],
        "ssda903_flag": [
            {"authority_id": stage.county, "person_id": person} for person in (stage.child, None)
        ],
        "returns_judgement": [
            mine
            | {"named_id": key("named", str(stage.child)), "person_id": stage.child}
            | {"other_id": None}
        ],
        "entrance_activation": [{"given_by_id": ME, "user_id": stage.here}],
        "police_missing_extractrun": [mine | {"authority_id": stage.county}],
        "subject_access_release": [{"request_id": stage.request, "person_id": stage.child}],
        "approvals_proposal": [
            {"proposed_by_id": ME, "person_id": person, "decision": ""}
            | {"code": "oversight.export_names", "approver": "approve"}
            for person in (None, stage.child)
        ],
    }


def _tried_with_a_child(table: str, stage: Stage) -> list[dict[str, Any]]:
    plain: list[dict[str, Any]] = [{"person_id": stage.child}]
    if table in {"people_address", "people_phone"}:
        plain += [{"person_id": stage.child, "seal": key("restriction", "own")}]
    if table.startswith("returns_"):
        plain += [
            {"recorded_by_id": ME}
            | {"interview_id": key("interview", str(child)), "person_id": child}
            | {"acknowledged_at": None, "acknowledged_by_id": None}
            for child in (stage.child, *stage.items)
        ]
    if table in {"meetings_agencyview", "meetings_superseded"}:
        plain += [
            {"item_id": item, "person_id": child, "agency_id": stage.county}
            for child, item in stage.items.items()
        ]
    return plain
