"""Everything held of a person, table by table, as passages of text that may be given or not.

A table whose rows belong to a person is gathered by its own columns, so that a column a room adds
is gathered too. A test holds every such table to one of the two lists below.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, ForeignKey, Model, Q

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.documents.vocabulary import FileType
from harbour.foundation.ui.when import day, day_or_moment
from harbour.hub.subject_access import rules
from harbour.hub.subject_access.rules import Passage
from harbour.record.attachments import queries as attachments
from harbour.record.attachments.models import Attachment
from harbour.record.people import queries as people
from harbour.record.people.models import Address, Identifier, Person, Phone, Relation
from harbour.record.places.models import Place
from harbour.work.referrals.models import DescribedChild, Link, Referral, Unlink

# What a reader of the bundle finds under each heading, in its order.
GIVEN: Final = {
    "people_person": "Who you are",
    "people_name": "Names",
    "people_identifier": "Numbers",
    "people_personrole": "Why you are in the record",
    "people_authoritytie": "Authorities",
    "people_address": "Addresses",
    "people_phone": "Telephone numbers",
    "people_schooling": "Schools",
    "people_relation": "Family and others",
    "people_carestatus": "Legal status in care",
    "providers_placement": "Where you lived in care",
    "referrals_referral": "Concerns that were sent",
    "referrals_describedchild": "How you were described",
    "assessments_assessment": "Assessments",
    "cases_grading": "Harm and risk",
    "cases_allocation": "Who worked with you",
    "cases_planaction": "Plans",
    "cases_stageentry": "Stages",
    "cases_modeltag": "What was seen",
    "cases_childvoice": "What you said",
    "cases_note": "Notes",
    "missing_episode": "When you were missing",
    "missing_profile": "What helps to find you",
    "missing_riskgrade": "Risk while you were missing",
    "missing_logentry": "What was done to find you",
    "missing_sentsheet": "To whom a sheet was sent to find you",
    "missing_returninterview": "Talks after you came back",
    "missing_interviewanswer": "What you answered when a talk was offered",
    "missing_preventioncheck": "When the police saw you after you came back",
    "discussions_discussion": "Discussions to keep you safe",
    "discussions_invitation": "Who was invited to them",
    "discussions_decision": "What they decided",
    "discussions_ask": "When it was asked whether one is needed",
    "returns_addition": "What was added to a talk",
    "returns_onward": "What teams were told of a talk",
    "hosting_notification": "When you arrived somewhere or left",
    "hosting_toldflag": "What another authority said of you",
    "hosting_consultation": "What authorities offered each other",
    "hosting_arrangement": "Who was to talk with you after you came back",
    "hosting_chase": "What was asked for about you",
    "meetings_item": "Daily meetings",
    "meetings_superseded": "Decisions that were replaced",
    "meetings_agencyview": "What agencies said at meetings",
    "people_concernprofile": "Why you were a concern as an adult",
    "sharing_share": "With whom it was shared",
    "sharing_request": "Who asked for it",
    "sharing_decline": "With whom it was not shared",
    "attachments_attachment": "Documents",
    "ssda903_review": "Reviews in care",
    "ssda903_healthyear": "Health in care",
    "ssda903_unaccompanied": "Asylum",
    "ssda903_motherhood": "Motherhood",
}
# Tables with a person in them that say nothing of that person, each with why.
NOT_GIVEN: Final = {
    "people_standing": "how the hub decides who sees the record: said with the shares",
    "people_statedreason": "why a member of staff opened the record: the ledger's",
    "linkage_part": "a copy of the names, for the search",
    "referrals_link": "that a concern is about the person: the concern itself is given",
    "attachments_filekey": "a key",
    "missing_reportdraft": "an unsent report, gone within a day",
    "returns_review": "how well a member of staff wrote a talk up",
    "returns_named": "a name that the person gave: given with the talk",
    "returns_judgement": "what the police analyst made of a name: another person's, or a place's",
    "restrictions_restriction": "who alone may see the record: giving it would defeat it",
    "emergency_attempt": "that a member of staff looked for the record: the ledger's",
    "emergency_breakglass": "that a member of staff saw the record for an hour: the ledger's",
    "retention_hold": "why the record must stay",
    "retention_longer": "why the record stays longer",
    "retention_due": "that the record may go",
    "police_missing_rowfinding": "a fault in a file of the police",
    "ssda903_flag": "a fault in a file of the authority",
    "subject_access_accessrequest": "the request itself",
    "subject_access_clockstop": "the request itself",
    "subject_access_redaction": "the request itself",
    "subject_access_release": "what was given before",
}
# Columns that are machinery, not words about anybody.
MACHINERY: Final = frozenset(
    {"id", "person", "version", "recorded_by", "recorded_at", "source_key", "row", "position"}
    | {
        "facet",
        "facets",
        "sha256",
        "size",
        "about_kind",
        "sealed",
        "salt",
        "tries",
        "wrapped",
        "replaces",
        "seal",
        "because_id",
    }
)
ABOUT_THE_REFERRER: Final = ("referrer_name", "referrer_role", "referrer_contact")
SHOWN_RELATIONS: Final = (User, Agency, Place, Person)


def passages(reader: Reader, person_id: UUID) -> list[Passage]:
    """Return everything held of a person that the reader sees, in the order of the bundle."""
    del reader  # the database knows who asks
    named = _Namer()
    found = [
        each for model in _models() for row in _rows(model, person_id) for each in _said(row, named)
    ]
    order = list(GIVEN)
    found.sort(key=lambda each: order.index(each.source))
    return found


def known_of(reader: Reader, person_id: UUID) -> rules.Known:
    """Return what tells the person from the others on the record."""
    others = _others(person_id)
    names = people.written_names([*others, person_id])
    own = {
        part
        for _, given, family in names.get(person_id, [])
        for part in rules.folded(f"{given} {family}").split()
    }
    described = DescribedChild.objects.filter(referral__in=_referrals(person_id)).exclude(
        pk__in=_own_descriptions(person_id)
    )
    also = [(each.given, each.family) for each in described]
    also += [(each.known_as, "") for each in described if each.known_as]
    addresses = people.facts(reader, Address, person_id, "place")
    numbers = [each.number for each in people.facts(reader, Phone, person_id)]
    numbers += [each.value for each in people.facts(reader, Identifier, person_id)]
    return rules.Known(
        others=tuple(
            {(given, family) for pk in others for _, given, family in names.get(pk, [])} | {*also}
        ),
        own_names=frozenset(own),
        own_numbers=frozenset(rules.digits(each) for each in numbers),
        own_postcodes=frozenset(
            found[0].replace(" ", "").upper()
            for each in addresses
            for found in rules.POSTCODE.finditer(str(each.place))
        ),
    )


def not_in_text(reader: Reader, person_id: UUID) -> list[Attachment]:
    """Return the documents that are pictures or pages: somebody looks through each by hand."""
    rows = attachments.of_child(reader, person_id)
    return [each for each in rows if each.file_type != FileType.TEXT and each.removed_at is None]


def _models() -> list[type[Model]]:
    by_table = {each._meta.db_table: each for each in apps.get_models()}
    return [by_table[table] for table in GIVEN if table in by_table]


def _rows(model: type[Model], person_id: UUID) -> list[Model]:
    manager = model._base_manager
    if model is Person:
        return list(manager.filter(pk=person_id))
    if model is Referral:
        return list(manager.filter(pk__in=_referrals(person_id)).order_by("received_at"))
    if model is DescribedChild:
        return list(manager.filter(pk__in=_own_descriptions(person_id)))
    return list(manager.filter(person=person_id).order_by("recorded_at"))


def _referrals(person_id: UUID) -> list[UUID]:
    undone = Unlink.objects.values("link")
    links = Link.objects.filter(person=person_id).exclude(pk__in=undone)
    return list(links.values_list("referral_id", flat=True))


def _own_descriptions(person_id: UUID) -> list[UUID]:
    links = Link.objects.filter(person=person_id, described__isnull=False)
    return list(links.values_list("described_id", flat=True))


def _others(person_id: UUID) -> set[UUID]:
    relations = Relation.objects.filter(Q(person=person_id) | Q(other=person_id))
    found = {pk for pair in relations.values_list("person_id", "other_id") for pk in pair}
    beside = Link.objects.filter(referral__in=_referrals(person_id))
    found |= set(beside.values_list("person_id", flat=True))
    return found - {person_id}


class _Namer:
    """Names of what rows point at, each read once."""

    def __init__(self) -> None:
        self.known: dict[tuple[type[Model], Any], str] = {}

    def name(self, model: type[Model], key: Any) -> str:
        """Return what a row is called, as far as the reader may know."""
        if (model, key) not in self.known:
            row = model._base_manager.filter(pk=key).first()
            self.known[model, key] = _called(row) if row is not None else ""
        return self.known[model, key]


def _called(row: Model) -> str:
    if isinstance(row, Person):
        names = people.written_names([row.pk]).get(row.pk, [])
        return ", ".join(f"{given} {family}".strip() for _, given, family in names)
    return row.name if isinstance(row, User | Agency) else str(row)


def _said(row: Model, named: _Namer) -> Iterator[Passage]:
    """Yield what one row says, column by column; empty ones say nothing."""
    sealed = getattr(row, "seal_id", None) or getattr(row, "seal", None)
    for label, part, text, ground in _columns(row, named):
        plain = rules.visible(text).strip()
        if plain:
            yield Passage(
                source=row._meta.db_table,
                source_id=row.pk,
                part=part,
                heading=GIVEN[row._meta.db_table],
                label=label,
                text=plain,
                written=named.name(User, getattr(row, "recorded_by_id", None)),
                at=getattr(row, "recorded_at", None),
                ground="harm" if sealed else ground,
            )


def _columns(row: Model, named: _Namer) -> Iterator[tuple[str, str, str, str]]:
    """Yield (label, part, text, ground) of one row."""
    if isinstance(row, Attachment):
        yield "File name", "name", attachments.name_of(row), ""
        if row.file_type == FileType.TEXT and row.removed_at is None:
            yield "Content", "content", attachments.text_in(row), ""
    concern = "crime" if row._meta.db_table == "people_concernprofile" else ""
    for field in row._meta.local_concrete_fields:
        if field.name in MACHINERY or field.name.endswith("_key") or field.primary_key:
            continue
        label = str(field.verbose_name).replace("_", " ").capitalize()
        if isinstance(field, ForeignKey):
            if field.related_model in SHOWN_RELATIONS:
                key = getattr(row, field.attname)
                other = field.related_model is Person
                text = named.name(field.related_model, key) if key else ""
                yield label, field.name, text, "third_party" if other else concern
            continue
        ground = "third_party" if field.name in ABOUT_THE_REFERRER else concern
        yield label, field.name, _text_of(row, field), ground


def _text_of(row: Model, field: "Field[Any, Any]") -> str:
    value = getattr(row, field.attname)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return _worded(value, moment=not isinstance(field, ArrayField))


def _worded(value: Any, *, moment: bool = True) -> str:
    if value is None or isinstance(value, UUID | bytes | memoryview):
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return day_or_moment(value) if moment else day(value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {said}" for key, each in value.items() if (said := _worded(each)))
    if isinstance(value, list | tuple):
        return ", ".join(said for each in value if (said := _worded(each)))
    return str(value)
