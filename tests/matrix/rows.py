"""One valid row of every table that belongs to a person's record, for any child of a world."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Model

from harbour.hub.meetings import models as meetings
from harbour.record.attachments.models import Attachment
from harbour.record.people import models as people
from harbour.record.places.models import Place
from harbour.record.providers.models import Placement
from harbour.record.sharing.models import Decline, Share
from harbour.work.assessments import models as assessments
from harbour.work.cases import models as cases
from harbour.work.hosting import models as hosting
from harbour.work.missing import models as missing
from harbour.work.referrals import models as referrals
from tests.matrix.world import PAST

DAY = date(2026, 1, 5)


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of the matrix: which part of the record it is, and how a row of it looks."""

    model: type[Model]
    facet: str
    row: Callable[["Ground", UUID], dict[str, Any]]
    updates: bool = True
    touch: str = "recorded_at"  # a column the application may change
    own: bool = False  # the nurse's own: another policy lets her change it
    of_meeting: bool = False  # only for the partnership that holds the meeting

    @property
    def name(self) -> str:
        """Return the table's name in the database."""
        return self.model._meta.db_table


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What rows rest on.

    One of each thing that belongs to no child, and one episode and item a child.
    """

    cast: SimpleNamespace
    by: UUID
    place: Place
    tool: assessments.ToolVersion
    scale: cases.GradeScale
    referral: referrals.Referral
    meeting: meetings.Meeting

    def made(self) -> dict[str, Any]:
        """Return who wrote a row down and when."""
        return {"recorded_at": PAST, "recorded_by_id": self.by}


def _episode(ground: Ground, child: UUID) -> dict[str, Any]:
    return {
        "person_id": child,
        "kind": "M",
        "missing_from": "home",
        "population": "own_not_looked_after",
        "authority": ground.cast.county,
        "responsible": ground.cast.county,
        "started_at": PAST,
        "returned": True,
    }


def _of_episode(more: dict[str, Any]) -> Callable[[Ground, UUID], dict[str, Any]]:
    return lambda ground, child: {"person_id": child, "episode_id": episode_of(child), **more}


def _plain(more: dict[str, Any]) -> Callable[[Ground, UUID], dict[str, Any]]:
    return lambda ground, child: {"person_id": child, **more}


def _sent_sheet(ground: Ground, child: UUID) -> dict[str, Any]:
    return {
        "person_id": child,
        "episode_id": episode_of(child),
        "given_to": "for the matrix",
        "reason": "for the matrix",
        "salt": b"",
        "expires_at": PAST + timedelta(days=1),
        "ended_at": PAST,
        "ended_by_id": ground.by,
    }


def episode_of(child: UUID) -> UUID:
    """Return the id of the child's first episode."""
    return UUID(int=child.int ^ 1)


def item_of(child: UUID) -> UUID:
    """Return the id of the child's first agenda item."""
    return UUID(int=child.int ^ 2)


TABLES: tuple[Table, ...] = (
    Table(model=people.Name, facet="identity", row=_plain({"kind": "legal", "given": "Ada"})),
    Table(
        model=people.Identifier,
        facet="identity",
        row=_plain({"scheme": "other", "value": "1", "value_key": "1"}),
    ),
    Table(
        model=people.PersonRole,
        facet="identity",
        row=lambda ground, child: {"person_id": child, "role": "child", "ends_on": DAY},
    ),
    Table(
        model=people.AuthorityTie,
        facet="identity",
        row=lambda ground, child: {
            "person_id": child,
            "kind": "home",
            "authority": ground.cast.county,
        },
    ),
    Table(
        model=people.ConcernProfile,
        facet="case",
        row=_plain({"status": "identified", "identified_on": DAY}),
    ),
    Table(
        model=people.Address,
        facet="contact",
        row=lambda ground, child: {"person_id": child, "place": ground.place},
    ),
    Table(
        model=people.Phone,
        facet="contact",
        row=_plain({"number": "07700 900001", "number_key": "447700900001"}),
    ),
    Table(model=people.Schooling, facet="contact", row=_plain({"school_name": "Fenwick Lane"})),
    Table(
        model=people.Relation,
        facet="contact",
        row=lambda ground, child: {"person_id": child, "other_id": child, "kind": "other"},
    ),
    Table(model=people.CareStatus, facet="placement", row=_plain({"legal_status": "C2"})),
    Table(
        model=Placement,
        facet="placement",
        row=lambda ground, child: {
            "person_id": child,
            "responsible": ground.cast.county,
            "starts_on": DAY,
        },
    ),
    Table(
        model=Share,
        facet="sharing",
        row=lambda ground, child: {
            "person_id": child,
            "agency": ground.cast.school,
            "facets": ["identity"],
            "purpose": "safeguard",
            "gateway": "ca2004_s11",
            "reason": "for the matrix",
            "expires_at": PAST + timedelta(days=28),
        },
        touch="withdrawn_reason",
    ),
    Table(
        model=Decline,
        facet="sharing",
        row=lambda ground, child: {
            "person_id": child,
            "agency": ground.cast.school,
            "facets": ["case"],
            "purpose": "safeguard",
            "gateway": "ca2004_s11",
            "reason": "for the matrix",
            "review_on": DAY,
        },
        updates=False,
    ),
    Table(
        model=assessments.Assessment,
        facet="assessment",
        row=lambda ground, child: {"person_id": child, "version_used": ground.tool},
    ),
    Table(model=missing.Episode, facet="missing", row=_episode),
    Table(
        model=missing.RiskGrade,
        facet="missing",
        row=_of_episode({"grade": "low", "reason": "for the matrix"}),
        updates=False,
    ),
    Table(
        model=missing.LogEntry,
        facet="missing",
        row=_of_episode({"at": PAST, "text": "for the matrix"}),
        updates=False,
    ),
    Table(model=missing.ReturnInterview, facet="missing", row=_of_episode({})),
    Table(model=missing.SentSheet, facet="missing", row=_sent_sheet, touch="ended_at"),
    Table(
        model=hosting.ToldFlag,
        facet="case",
        row=lambda ground, child: {
            "person_id": child,
            "kind": "cse",
            "told_by": ground.cast.county,
            "told_on": DAY,
            "channel": "phone",
        },
    ),
    Table(
        model=hosting.Consultation,
        facet="case",
        row=lambda ground, child: {
            "person_id": child,
            "agency": ground.cast.county,
            "offered_on": DAY,
        },
    ),
    Table(
        model=hosting.Arrangement,
        facet="missing",
        row=_plain({"interviewer": "listening_support", "reason": "for the matrix"}),
        updates=False,
    ),
    Table(
        model=cases.Grading,
        facet="case",
        row=lambda ground, child: {
            "person_id": child,
            "scale": ground.scale,
            "grade": "low",
            "harm": "none_known",
            "rationale": "for the matrix",
            "outside_meeting_reason": "for the matrix",
            "decided_at": PAST,
        },
        updates=False,
    ),
    Table(
        model=cases.Allocation,
        facet="case",
        row=lambda ground, child: {
            "person_id": child,
            "role": "lead",
            "worker": ground.cast.nurse,
            "offered_at": PAST,
            "acknowledge_by": PAST,
        },
        own=True,  # a worker answers their own allocation
    ),
    Table(
        model=cases.PlanAction,
        facet="case",
        row=lambda ground, child: {
            "person_id": child,
            "kind": "safety",
            "text": "for the matrix",
            "owner": ground.cast.nurse,
            "due_on": DAY,
        },
    ),
    Table(
        model=cases.StageEntry,
        facet="case",
        row=_plain({"stage": "concern", "entered_on": DAY}),
        updates=False,
    ),
    Table(model=cases.ModelTag, facet="case", row=_plain({"model": "online", "starts_on": DAY})),
    Table(
        model=cases.ChildVoice,
        facet="case",
        row=_plain({"said_on": DAY, "words": "for the matrix"}),
        updates=False,
    ),
    Table(
        model=cases.Note,
        facet="case",
        row=_plain({"at": PAST, "text": "for the matrix"}),
        updates=False,
    ),
    Table(
        model=Attachment,
        facet="case",
        row=_plain(
            {
                "facet": "case",
                "kind": "police",
                "name": b"x",
                "file_type": "text/plain",
                "size": 1,
                "sha256": "00",
                "scan": "clean",
            }
        ),
        touch="removed_reason",
    ),
    Table(
        model=meetings.Item,
        facet="meeting",
        row=lambda ground, child: {
            "person_id": child,
            "meeting": ground.meeting,
            "group": "new_concern",
        },
        touch="version",
        of_meeting=True,
    ),
)


def build(table: Table, ground: Ground, child: UUID) -> Model:
    """Return an unsaved row of the table for the child."""
    keys: dict[type[Model], Callable[[UUID], UUID]]
    keys = {missing.Episode: episode_of, meetings.Item: item_of}
    key = keys.get(table.model, lambda child: uuid4())
    return table.model(id=key(child), **ground.made(), **table.row(ground, child))


def fresh(table: Table, ground: Ground, child: UUID) -> Model:
    """Return another unsaved row of the table, which an insert would add."""
    return table.model(id=uuid4(), **ground.made(), **table.row(ground, child))


def constant(table: Table) -> object:
    """Return a value for the column that the matrix changes."""
    return PAST if table.touch.endswith("_at") else 1
