"""People, their names, numbers, addresses and ties, and who stands with them."""

from typing import override

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.models import Record, Recorded, Versioned
from harbour.record.people import vocabulary as v
from harbour.record.places.models import Place


class Dated(Recorded):
    """A fact about a person that holds from one day until another (excluded), as far as known."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    source = models.TextField(blank=True, help_text="who or which system said so")

    class Meta:
        abstract = True


class Person(Versioned):
    """A child, or an adult the record speaks of. Names stand in `Name`."""

    born_on = models.DateField(null=True, blank=True, help_text="first possible day when not exact")
    born_precision = models.TextField(choices=v.DatePrecision, default=v.DatePrecision.UNKNOWN)
    sex = models.TextField(choices=v.Sex, default=v.Sex.UNKNOWN)
    ethnicity = models.TextField(choices=v.Ethnicity, default=v.Ethnicity.NOBT)
    ethnicity_source = models.TextField(
        choices=v.EthnicitySource, default=v.EthnicitySource.UNKNOWN
    )
    ehc_plan = models.TextField(choices=v.KnownOrNot, default=v.KnownOrNot.NOT_KNOWN)
    disabilities = ArrayField(models.TextField(), default=list, blank=True)
    languages = ArrayField(models.TextField(), default=list, blank=True)
    deceased_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("born_on",), name="people_person_born_on"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(born_on=None, born_precision="unknown")
                | (Q(born_on__isnull=False) & ~Q(born_precision="unknown")),
                name="people_person_birth_date_and_precision_agree",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"person {self.pk}"


class Name(Dated):
    """One of the names of a person. The keys are what search compares."""

    kind = models.TextField(choices=v.NameKind)
    given = models.TextField(blank=True)
    family = models.TextField(blank=True)
    given_key = models.TextField(blank=True, help_text="normalised first given name")
    family_key = models.TextField(blank=True, help_text="normalised family name")

    class Meta:
        indexes = (
            models.Index(fields=("person",), name="people_name_person"),
            models.Index(fields=("family_key", "given_key"), name="people_name_keys"),
            models.Index(fields=("given_key",), name="people_name_given"),
        )

    @override
    def __str__(self) -> str:
        return f"name {self.pk}"


class Identifier(Dated):
    """A number another system knows the person by. Wrong numbers are kept and flagged."""

    scheme = models.TextField(choices=v.IdentifierScheme)
    value = models.TextField(help_text="as it was given")
    value_key = models.TextField(help_text="without spaces, in capitals")
    issuer = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    flag = models.TextField(blank=True, help_text="what is wrong with it; empty when nothing is")

    class Meta:
        indexes = (
            models.Index(fields=("person",), name="people_identifier_person"),
            models.Index(fields=("scheme", "value_key"), name="people_identifier_value"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.scheme} number"


class PersonRole(Dated):
    """In what sense the person is in the record, with dates; several at once are possible."""

    role = models.TextField(choices=v.RoleKind)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "role"),
                condition=Q(ends_on=None),
                name="people_one_open_role_of_a_kind",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.role} {self.pk}"


class ConcernProfile(Versioned):
    """What makes an adult an adult of concern. One a person."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    status = models.TextField(choices=v.ConcernStatus)
    identified_on = models.DateField()
    online_only = models.BooleanField(default=False)
    residence = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    @override
    def __str__(self) -> str:
        return f"concern {self.pk}"


class Address(Dated):
    """A place where a person lives or stays."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(default="home")
    seal = models.UUIDField(null=True, blank=True, help_text="the restriction that hides this row")

    class Meta:
        verbose_name_plural = "addresses"
        indexes = (models.Index(fields=("person",), name="people_address_person"),)

    @override
    def __str__(self) -> str:
        return f"address {self.pk}"


class Phone(Dated):
    """A number a person can be reached at or is seen to use."""

    number = models.TextField(help_text="as it was given")
    number_key = models.TextField(db_index=True, help_text="digits with country code")
    flag = models.TextField(blank=True)
    seal = models.UUIDField(null=True, blank=True, help_text="the restriction that hides this row")

    class Meta:
        indexes = (models.Index(fields=("person",), name="people_phone_person"),)

    @override
    def __str__(self) -> str:
        return f"phone {self.pk}"


class Schooling(Dated):
    """Where a child is on roll."""

    school = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    school_name = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=("person",), name="people_schooling_person"),)

    @override
    def __str__(self) -> str:
        return f"schooling {self.pk}"


class Relation(Dated):
    """What another is to this person. Seen with this record; the other's name with the other's."""

    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(choices=v.RelationKind)

    class Meta:
        indexes = (models.Index(fields=("person",), name="people_relation_person"),)

    @override
    def __str__(self) -> str:
        return f"relation {self.pk}"


class CareStatus(Dated):
    """A legal status under which a child is looked after (SSDA903 codes: C1, C2, E1, V2 ...)."""

    legal_status = models.TextField()

    class Meta:
        indexes = (models.Index(fields=("person",), name="people_carestatus_person"),)

    @override
    def __str__(self) -> str:
        return f"care status {self.legal_status}"


class AuthorityTie(Dated):
    """Which authority is responsible for, home to or host of a child, with dates."""

    kind = models.TextField(choices=v.AuthorityTieKind)
    authority = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=("person", "kind"), name="people_authoritytie_person"),)

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.authority_id}"


class Standing(Recorded):
    """A part of a person's record stands open to an audience. All policies rest on it.

    `granted` is what was given; `facets` is what is open of it now: the database keeps back what a
    restriction closes, and writes both.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    audience = models.TextField(help_text="authority:UUID, agency:UUID or user:UUID")
    basis = models.TextField(choices=v.Basis)
    facets = ArrayField(models.TextField())
    granted = ArrayField(models.TextField(), default=list, editable=False)
    writes = models.BooleanField(default=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # The record that gave it: a share, an allocation, a placement.
    because_id = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("person", "audience"), name="people_standing_person"),
            models.Index(fields=("audience", "person"), name="people_standing_audience"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")),
                name="people_standing_ends_after_it_starts",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.basis} {self.audience}"


class StatedReason(Record):
    """Why a person opened a child's record, said once a session."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    session = models.TextField(help_text="a mark of the session that does not give it away")
    code = models.TextField(choices=v.Reason)
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=("user", "person", "session"), name="people_statedreason_said"),
        )

    @override
    def __str__(self) -> str:
        return self.code
