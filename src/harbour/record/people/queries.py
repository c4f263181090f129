"""Read the record of people. Every door takes the reader first; the database filters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import clock, events
from harbour.foundation.kernel.refusals import Missing
from harbour.record.people import rules
from harbour.record.people import vocabulary as v
from harbour.record.people.models import AuthorityTie, Dated, Name, Person, Standing

# The name a person goes by in lists and headings: the first of these kinds that is recorded.
NAME_ORDER = (v.NameKind.LEGAL, v.NameKind.KNOWN_AS, v.NameKind.PREVIOUS, v.NameKind.ALIAS)


@dataclass(frozen=True, kw_only=True)
class ChildHeader:
    """Who a child is: what stands at the top of every page about the child."""

    id: UUID
    name: str
    known_as: str
    also: tuple[str, ...]
    age: int | None
    born_on: date | None
    born_precision: str
    sex: str
    days_to_18: int | None
    responsible: Agency | None
    host: Agency | None
    home: Agency | None
    version: int


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """A person as a line of a list."""

    id: UUID
    name: str
    age: int | None
    responsible_name: str


def child(
    reader: Reader,
    person_id: UUID,
    *,
    groups: Iterable[str] = ("identity",),
    at: datetime | None = None,
    reason: str = "",
) -> ChildHeader:
    """Return who a child is, and write that the reader looked at these parts of the record.

    Raises `Missing` for a child that is not there and for one the reader may not see.
    """
    moment = at or clock.now()
    found = person(reader, person_id)
    audit.record(
        Act.CONSULT,
        "people.child_seen",
        subjects=[found.pk],
        groups=groups,
        about=found,
        # What the request is for; on a page below the child's own, what was said above.
        reason=reason or reader.purpose or why(reader, found.pk) or "",
        by=reader,
        at=moment,
    )
    return _header(found, clock.london_date(moment))


def person(reader: Reader, person_id: UUID) -> Person:
    """Return the row of a person, for an act that writes its own ledger row."""
    found = Person.objects.filter(pk=person_id).first()
    if found is None:
        # Who keeps a record under restriction learns that it was asked for; the reader does not.
        events.tell_of_miss(events.NotFound(person_id=person_id, by_id=reader.user_id))
        raise Missing
    return found


def fact[Fact: Dated](reader: Reader, model: type[Fact], fact_id: UUID) -> Fact:
    """Return one dated fact of a person; raise `Missing` if unseen."""
    del reader
    found = model._base_manager.filter(pk=fact_id).first()
    if found is None:
        raise Missing
    return found


def lines(
    reader: Reader, person_ids: Iterable[UUID], *, on: date | None = None
) -> dict[UUID, PersonLine]:
    """Return the people among these whom the reader may see, as lines of a list.

    A list of people is a look at their records: the view writes one row with `audit_list`.
    """
    del reader
    wanted = set(person_ids)
    day = on or clock.london_date(clock.now())
    people = Person.objects.filter(pk__in=wanted)
    names = _names(wanted)
    ties = AuthorityTie.objects.filter(
        _open(day), person__in=wanted, kind=v.AuthorityTieKind.RESPONSIBLE
    )
    responsible = dict(ties.order_by("recorded_at").values_list("person_id", "authority__name"))
    return {
        each.pk: PersonLine(
            id=each.pk,
            name=_main_name(names.get(each.pk, [])),
            age=rules.age_on(each.born_on, each.born_precision, day),
            responsible_name=responsible.get(each.pk, ""),
        )
        for each in people
    }


def audit_list(
    reader: Reader, event: str, person_ids: Iterable[UUID], groups: Iterable[str], at: datetime
) -> None:
    """Write that a list showed these parts of these people's records: one row."""
    ids = list(dict.fromkeys(person_ids))
    audit.record(
        Act.CONSULT, event, subjects=ids, groups=groups, results=len(ids), by=reader, at=at
    )


def authority_of(person_id: UUID, kind: str, *, on: date | None = None) -> Agency | None:
    """Return the responsible, home or host authority of a person on a day (today)."""
    day = on or clock.london_date(clock.now())
    ties = AuthorityTie.objects.filter(_open(day), person_id=person_id, kind=kind)
    tie = ties.order_by("-recorded_at").select_related("authority").first()
    return tie.authority if tie else None


def names_of(reader: Reader, person_ids: Iterable[UUID]) -> dict[UUID, list[Name]]:
    """Return every name of these people, the one they go by first."""
    del reader
    return _names(person_ids)


def written_names(person_ids: Iterable[UUID]) -> dict[UUID, list[tuple[str, str, str]]]:
    """Return (kind, given, family) of every name of these people, for comparing many at once."""
    found: dict[UUID, list[tuple[str, str, str]]] = {}
    names = Name.objects.filter(person__in=set(person_ids))
    for person_id, kind, given, family in names.values_list("person_id", "kind", "given", "family"):
        found.setdefault(person_id, []).append((kind, given, family))
    return found


def facts[Fact: Dated](
    reader: Reader, model: type[Fact], person_id: UUID, *related: str
) -> QuerySet[Fact]:
    """Return a person's dated facts of one kind, those that hold first, then the newest."""
    del reader
    found = model._base_manager.filter(person_id=person_id)
    found = found.select_related(*related) if related else found
    return found.order_by(
        F("ends_on").desc(nulls_first=True), F("starts_on").desc(nulls_last=True), "-recorded_at"
    )


@dataclass(frozen=True, kw_only=True)
class StandingLine:
    """An audience a record stands open to."""

    id: UUID
    audience: str
    basis: str
    facets: tuple[str, ...]
    granted: tuple[str, ...]
    writes: bool
    starts_at: datetime
    ends_at: datetime | None
    because_id: UUID | None

    @property
    def held_back(self) -> tuple[str, ...]:
        """Return the parts that were given and that a restriction keeps closed now."""
        return tuple(each for each in self.granted if each not in self.facets)


def standings_of(reader: Reader, person_id: UUID) -> list[StandingLine]:
    """Return every standing with a person; nothing to one who may not see how it is shared."""
    del reader
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, audience, basis, facets, granted, writes, starts_at, ends_at, because_id "
            "FROM harbour_sec.standings_of(%s)",
            [person_id],
        )
        return [
            StandingLine(
                id=row[0],
                audience=row[1],
                basis=row[2],
                facets=tuple(row[3]),
                granted=tuple(row[4]),
                writes=row[5],
                starts_at=row[6],
                ends_at=row[7],
                because_id=row[8],
            )
            for row in cursor.fetchall()
        ]


def is_under_glass(reader: Reader, person_id: UUID) -> bool:
    """Say whether the reader sees this record by emergency access now."""
    own = Standing.objects.filter(
        person=person_id,
        basis=v.Basis.EMERGENCY,
        audience=v.Audience.USER.of(reader.user_id),
        ends_at__gt=clock.now(),
    )
    return own.exists()


def shared_with(reader: Reader, *, at: datetime) -> dict[UUID, datetime]:
    """Return the people whose record is shared with the reader's agencies now, and since when."""
    audiences = [v.Audience.AGENCY.of(each) for each in reader.agency_ids]
    shared = Standing.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at),
        audience__in=audiences,
        basis=v.Basis.SHARED,
        starts_at__lte=at,
    )
    return dict(shared.order_by("-starts_at").values_list("person_id", "starts_at"))


def may_write(reader: Reader, person_id: UUID, facet: str) -> bool:
    """Say whether the reader may write this part of the person's record now."""
    del reader
    with connection.cursor() as cursor:
        cursor.execute("SELECT harbour_sec.may_see(%s, %s)", [person_id, f"{facet}:write"])
        return bool(cursor.fetchone()[0])


def may_read(reader: Reader, person_id: UUID, facet: str) -> bool:
    """Say whether the reader may read this part of the person's record now."""
    del reader
    with connection.cursor() as cursor:
        cursor.execute("SELECT harbour_sec.may_see(%s, %s)", [person_id, facet])
        return bool(cursor.fetchone()[0])


def _open(day: date) -> Q:
    return (Q(starts_on=None) | Q(starts_on__lte=day)) & (Q(ends_on=None) | Q(ends_on__gt=day))


def _names(person_ids: Iterable[UUID]) -> dict[UUID, list[Name]]:
    found: dict[UUID, list[Name]] = {}
    for name in Name.objects.filter(person__in=set(person_ids)).order_by("-recorded_at"):
        found.setdefault(name.person_id, []).append(name)
    for names in found.values():
        names.sort(
            key=lambda each: (each.ends_on is not None, NAME_ORDER.index(v.NameKind(each.kind)))
        )
    return found


def _main_name(names: list[Name]) -> str:
    return rules.full_name(names[0].given, names[0].family) if names else rules.NAMELESS


def _header(found: Person, day: date) -> ChildHeader:
    names = _names([found.pk]).get(found.pk, [])
    main = _main_name(names)
    spoken = [(each.kind, rules.full_name(each.given, each.family)) for each in names]
    others = tuple(dict.fromkeys(text for _, text in spoken if text != main))
    known_as = [text for kind, text in spoken if kind == v.NameKind.KNOWN_AS and text != main]
    return ChildHeader(
        id=found.pk,
        name=main,
        known_as=known_as[0] if known_as else "",
        also=others,
        age=rules.age_on(found.born_on, found.born_precision, day),
        born_on=found.born_on,
        born_precision=found.born_precision,
        sex=v.Sex(found.sex).label,
        days_to_18=rules.days_to_18(found.born_on, found.born_precision, day),
        responsible=authority_of(found.pk, v.AuthorityTieKind.RESPONSIBLE, on=day),
        host=authority_of(found.pk, v.AuthorityTieKind.HOST, on=day),
        home=authority_of(found.pk, v.AuthorityTieKind.HOME, on=day),
        version=found.version,
    )


# One statement: a page of a child's record waits for it.
WHY = """
SELECT coalesce(
    (SELECT r.code || CASE WHEN r.words = '' THEN '' ELSE ': ' || r.words END
     FROM people_statedreason r
     WHERE r.person_id = p.id AND r.user_id = %(user)s AND r.session = %(session)s
     ORDER BY r.at DESC LIMIT 1),
    (SELECT s.basis FROM people_standing s
     WHERE s.person_id = p.id AND s.audience = 'user:' || %(user)s
       AND s.basis IN ('allocated', 'emergency') AND s.starts_at <= statement_timestamp()
       AND (s.ends_at IS NULL OR s.ends_at > statement_timestamp())
     ORDER BY s.starts_at DESC LIMIT 1),
    '')
FROM people_person p WHERE p.id = %(person)s
"""


def why(reader: Reader, person_id: UUID) -> str | None:
    """Return why the reader opens this record: said in this session, or plain from her own work.

    The empty text where she was not asked yet; nothing for a record that is not there for her.
    """
    given: dict[str, str | UUID]
    given = {"user": str(reader.user_id), "session": reader.session_id, "person": person_id}
    with connection.cursor() as cursor:
        cursor.execute(WHY, given)
        row = cursor.fetchone()
    return str(row[0]) if row else None
