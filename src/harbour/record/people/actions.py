"""Write the record of people: open it, add facts to it, end them, and open it to others."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NotRequired, TypedDict, Unpack
from uuid import UUID

from django.db import connection, transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import events
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import update_versioned
from harbour.record.people import policy, rules
from harbour.record.people import vocabulary as v
from harbour.record.people.models import (
    Address,
    AuthorityTie,
    CareStatus,
    Dated,
    Identifier,
    Name,
    Person,
    PersonRole,
    Phone,
    Relation,
    Schooling,
    Standing,
    StatedReason,
)
from harbour.record.places.models import Place


class Child(TypedDict):
    """What is known of a child when the record is opened."""

    given: str
    family: str
    born_on: date | None
    born_precision: str
    sex: str
    responsible: Agency
    host: NotRequired[Agency | None]
    home: NotRequired[Agency | None]
    known_as: NotRequired[str]
    ethnicity: NotRequired[str]
    ethnicity_source: NotRequired[str]


class Held(TypedDict, total=False):
    """From when until when a fact holds, and who said so."""

    starts_on: date | None
    ends_on: date | None
    source: str


class Terms(TypedDict, total=False):
    """On what terms a standing is given."""

    writes: bool
    because_id: UUID | None
    ends_at: datetime | None


@transaction.atomic
def register_child(*, by: Reader, at: datetime, **said: Unpack[Child]) -> Person:
    """Open a child's record, with its authorities, and open it to their partnerships."""
    responsible, host, home = said["responsible"], said.get("host"), said.get("home")
    policy.check_can_register(by, responsible, host)
    person = Person(
        born_on=said["born_on"],
        born_precision=said["born_precision"] if said["born_on"] else v.DatePrecision.UNKNOWN,
        sex=said["sex"] or v.Sex.UNKNOWN,
        ethnicity=said.get("ethnicity") or v.Ethnicity.NOBT,
        ethnicity_source=said.get("ethnicity_source") or v.EthnicitySource.UNKNOWN,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    person.save(force_insert=True)
    _open_to_authorities(person, responsible=responsible, host=host, by=by, at=at)
    stamp: dict[str, Any] = {"person": person, "recorded_at": at, "recorded_by_id": by.user_id}
    Name.objects.bulk_create(
        _first_names(stamp, said["given"], said["family"], said.get("known_as", ""))
    )
    PersonRole(role=v.RoleKind.CHILD, **stamp).save(force_insert=True)
    ties = ((v.AuthorityTieKind.RESPONSIBLE, responsible), (v.AuthorityTieKind.HOST, host))
    AuthorityTie.objects.bulk_create(
        AuthorityTie(kind=kind, authority=authority, **stamp)
        for kind, authority in (*ties, (v.AuthorityTieKind.HOME, home))
        if authority is not None
    )
    audit.record(
        Act.COLLECT,
        "people.child_registered",
        subjects=[person.pk],
        groups=["identity"],
        about=person,
        by=by,
        at=at,
    )
    return person


def _open_to_authorities(
    person: Person, *, responsible: Agency, host: Agency | None, by: Reader, at: datetime
) -> None:
    wanted = [(responsible.pk, v.Basis.RESPONSIBLE)]
    if host is not None and host.pk != responsible.pk:
        wanted.append((host.pk, v.Basis.HOST))
    # The first standing must be with the writer's own: only then may she give others.
    wanted.sort(key=lambda each: each[0] not in by.authority_ids)
    for authority_id, basis in wanted:
        _stand(
            person.pk,
            audience=v.Audience.AUTHORITY.of(authority_id),
            basis=basis,
            facets=v.EVERY_FACET,
            by=by,
            at=at,
        )


def _first_names(stamp: dict[str, Any], given: str, family: str, known_as: str) -> list[Name]:
    names = (
        [_name(stamp, v.NameKind.LEGAL, given, family)] if given.strip() or family.strip() else []
    )
    if known_as.strip():
        names.append(_name(stamp, v.NameKind.KNOWN_AS, known_as, family))
    return names


def _name(stamp: dict[str, Any], kind: str, given: str, family: str, **held: Unpack[Held]) -> Name:
    return Name(
        kind=kind,
        given=given.strip(),
        family=family.strip(),
        given_key=rules.given_key(given),
        family_key=rules.name_key(family),
        **stamp,
        **held,
    )


# Facts about a person


@transaction.atomic
def add_name(
    *,
    person_id: UUID,
    kind: str,
    given: str = "",
    family: str = "",
    by: Reader,
    at: datetime,
    **held: Unpack[Held],
) -> Name:
    """Add a name: another spelling, an alias, the name before."""
    if not (given.strip() or family.strip()):
        raise Refused("A name needs a first name or a family name.")
    return _add(_name(_stamp(person_id, by, at), kind, given, family, **held), "identity", by, at)


@transaction.atomic
def add_identifier(
    *,
    person_id: UUID,
    scheme: str,
    value: str,
    by: Reader,
    at: datetime,
    issuer: Agency | None = None,
    **held: Unpack[Held],
) -> Identifier:
    """Add a number another system knows the person by. A wrong one is kept, with a flag."""
    row = Identifier(
        scheme=scheme,
        value=value.strip(),
        value_key=rules.identifier_key(scheme, value),
        flag=rules.identifier_flag(scheme, value),
        issuer=issuer,
        **_stamp(person_id, by, at),
        **held,
    )
    return _add(row, "identity", by, at)


@transaction.atomic
def add_address(
    *,
    person_id: UUID,
    place: Place,
    by: Reader,
    at: datetime,
    kind: str = "home",
    **held: Unpack[Held],
) -> Address:
    """Add a place where the person lives or stays, and tell who watches the place."""
    row = _add(
        Address(place=place, kind=kind, **_stamp(person_id, by, at), **held), "contact", by, at
    )
    _touch(row, "A child's address was recorded.", places=(place.pk,))
    return row


@transaction.atomic
def add_phone(
    *, person_id: UUID, number: str, by: Reader, at: datetime, **held: Unpack[Held]
) -> Phone:
    """Add a telephone number, and tell who watches the number."""
    key = rules.phone_key(number)
    phone = Phone(
        number=number.strip(),
        number_key=key,
        flag=rules.phone_flag(number),
        **_stamp(person_id, by, at),
        **held,
    )
    row = _add(phone, "contact", by, at)
    _touch(row, "A child's telephone number was recorded.", phones=(key,))
    return row


@transaction.atomic
def add_schooling(
    *,
    person_id: UUID,
    school: Agency | None,
    by: Reader,
    at: datetime,
    school_name: str = "",
    **held: Unpack[Held],
) -> Schooling:
    """Add where the child is on roll."""
    if school is None and not school_name.strip():
        raise Refused("Choose the school, or write its name.")
    row = Schooling(
        school=school, school_name=school_name.strip(), **_stamp(person_id, by, at), **held
    )
    return _add(row, "contact", by, at)


@transaction.atomic
def add_relation(
    *, person_id: UUID, other_id: UUID, kind: str, by: Reader, at: datetime, **held: Unpack[Held]
) -> Relation:
    """Add what another person is to this one. The reader must be able to read the other person."""
    if person_id == other_id:
        raise Refused("A person has no relation to herself or himself.")
    if not Person.objects.filter(pk=other_id).exists():
        raise Refused("The other person was not found.")
    return _add(
        Relation(other_id=other_id, kind=kind, **_stamp(person_id, by, at), **held),
        "contact",
        by,
        at,
    )


@transaction.atomic
def add_care_status(
    *, person_id: UUID, legal_status: str, by: Reader, at: datetime, **held: Unpack[Held]
) -> CareStatus:
    """Add a legal status under which the child is looked after."""
    return _add(
        CareStatus(legal_status=legal_status, **_stamp(person_id, by, at), **held),
        "placement",
        by,
        at,
    )


@transaction.atomic
def add_role(
    *, person_id: UUID, role: str, by: Reader, at: datetime, **held: Unpack[Held]
) -> PersonRole:
    """Add in what sense the person is in the record; one that is open already stays as it is."""
    known = PersonRole.objects.filter(person_id=person_id, role=role, ends_on=None).first()
    return known or _add(
        PersonRole(role=role, **_stamp(person_id, by, at), **held), "identity", by, at
    )


@transaction.atomic
def add_tie(
    *, person_id: UUID, kind: str, authority: Agency, by: Reader, at: datetime, **held: Unpack[Held]
) -> AuthorityTie:
    """Add which authority is responsible for, home to or host of the child."""
    return _add(
        AuthorityTie(kind=kind, authority=authority, **_stamp(person_id, by, at), **held),
        "identity",
        by,
        at,
    )


@transaction.atomic
def end(*, fact: Dated, ends_on: date, by: Reader, at: datetime) -> None:
    """Say until when a fact held. The fact stays in the record."""
    policy.check_can_edit(by)
    if fact.starts_on is not None and ends_on < fact.starts_on:
        raise Refused("It cannot end before it began.")
    if not type(fact)._base_manager.filter(pk=fact.pk).update(ends_on=ends_on):
        raise Refused("You may read this, but not change it.")
    fact.ends_on = ends_on
    audit.record(
        Act.ALTER,
        f"people.{_noun(fact)}_ended",
        subjects=[fact.person_id],
        about=fact,
        by=by,
        at=at,
    )


@transaction.atomic
def edit_identity(
    *, person: Person, seen_version: int, changes: dict[str, Any], by: Reader, at: datetime
) -> None:
    """Change what is known of the person; raise `Conflict` if somebody else was quicker."""
    policy.check_can_edit(by)
    update_versioned(person, seen_version=seen_version, **changes)
    audit.record(
        Act.ALTER,
        "people.identity_changed",
        subjects=[person.pk],
        groups=["identity"],
        about=person,
        by=by,
        at=at,
        detail={"fields": ", ".join(sorted(changes))},
    )


def _stamp(person_id: UUID, by: Reader, at: datetime) -> dict[str, Any]:
    return {"person_id": person_id, "recorded_at": at, "recorded_by_id": by.user_id}


def _noun(row: Dated) -> str:
    return str(row._meta.model_name)


def _add[Fact: Dated](row: Fact, facet: str, by: Reader, at: datetime) -> Fact:
    policy.check_can_edit(by)
    if row.starts_on is not None and row.ends_on is not None and row.ends_on < row.starts_on:
        raise Refused("It cannot end before it began.")
    row.save(force_insert=True)
    audit.record(
        Act.COLLECT,
        f"people.{_noun(row)}_added",
        subjects=[row.person_id],
        groups=[facet],
        about=row,
        by=by,
        at=at,
    )
    return row


def _touch(
    row: Dated, reason: str, *, places: tuple[UUID, ...] = (), phones: tuple[str, ...] = ()
) -> None:
    events.publish(
        events.Touched(
            children=(row.person_id,),
            places=places,
            phones=phones,
            source=f"people.{_noun(row)}",
            source_id=row.pk,
            reason=reason,
            at=row.recorded_at,
            by_id=row.recorded_by_id,
        )
    )


# Who stands with a person


@transaction.atomic
def give_standing(
    *, person_id: UUID, audience: str, basis: str, facets: Iterable[str], by: Reader, at: datetime,
    **terms: Unpack[Terms],
) -> Standing:  # fmt: skip
    """Open parts of a person's record to an audience, from now."""
    policy.check_can_open_further(by, person_id)
    standing = _stand(
        person_id, audience=audience, basis=basis, facets=facets, by=by, at=at, **terms
    )
    audit.record(
        Act.DISCLOSE,
        "people.standing_given",
        subjects=[person_id],
        groups=standing.facets,
        about=standing,
        by=by,
        at=at,
        detail={"audience": audience, "basis": str(basis), "writes": standing.writes},
    )
    return standing


def _stand(
    person_id: UUID, *, audience: str, basis: str, facets: Iterable[str], by: Reader, at: datetime,
    **terms: Unpack[Terms],
) -> Standing:  # fmt: skip
    standing = Standing(
        person_id=person_id,
        audience=audience,
        basis=basis,
        facets=list(facets),
        starts_at=at,
        recorded_at=at,
        recorded_by_id=by.user_id,
        **terms,
    )
    standing.save(force_insert=True)
    return standing


@transaction.atomic
def end_standings(*, person_id: UUID, because_id: UUID, by: Reader, at: datetime) -> int:
    """End every open standing that one record gave: a share, an allocation, a placement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT harbour_sec.end_standings(%s, %s)", [person_id, because_id])
        ended = int(cursor.fetchone()[0])
    audit.record(
        Act.ALTER, "people.standings_ended", subjects=[person_id], by=by, at=at, results=ended,
        detail={"because": str(because_id)},
    )  # fmt: skip
    return ended


@transaction.atomic
def associate(
    *, person_id: UUID, authority: Agency, because_id: UUID, by: Reader, at: datetime
) -> Standing:
    """Open a child's record to an authority whose work it is associated with, once a cause."""
    audience = v.Audience.AUTHORITY.of(authority.pk)
    known = Standing.objects.filter(
        person_id=person_id, audience=audience, because_id=because_id, ends_at=None
    ).first()
    return known or give_standing(
        person_id=person_id,
        audience=audience,
        basis=v.Basis.ASSOCIATED,
        facets=v.EVERY_FACET,
        because_id=because_id,
        by=by,
        at=at,
    )


@transaction.atomic
def state_reason(
    *, person_id: UUID, code: v.Reason, words: str = "", by: Reader, at: datetime
) -> StatedReason:
    """Keep why somebody opens a child's record; each look of the session carries it."""
    policy.check_reason(code, words)
    row = StatedReason(
        person_id=person_id,
        user_id=by.user_id,
        session=by.session_id,
        code=code,
        words=words.strip(),
        at=at,
    )
    row.save(force_insert=True)
    return row
