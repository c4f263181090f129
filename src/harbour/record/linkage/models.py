"""The vocabulary of names, which the database writes itself, and the parts of long names."""

from typing import override

from django.db import models

from harbour.record.linkage.vocabulary import Field
from harbour.record.people.models import Name, Person


class Token(models.Model):
    """A word in use in names. No person stands behind it, and the application cannot read it."""

    field = models.TextField(choices=Field)
    token = models.TextField(db_collation="C")
    sound = models.TextField(help_text="double metaphone")
    sound_other = models.TextField(help_text="double metaphone, second reading")

    class Meta:
        indexes = (
            models.Index(fields=("field", "token"), name="linkage_token_token"),
            models.Index(fields=("field", "sound"), name="linkage_token_sound"),
            models.Index(fields=("field", "sound_other"), name="linkage_token_sound_other"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.field} token"


class Deletion(models.Model):
    """A token with one letter left out: two tokens that share one are a slip of the pen apart."""

    field = models.TextField(choices=Field)
    part = models.TextField(db_collation="C")
    token = models.TextField(db_collation="C")

    class Meta:
        indexes = (
            models.Index(
                fields=("field", "part"), include=("token",), name="linkage_deletion_part"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.field} deletion"


class Part(models.Model):
    """A pair of words of a name that has several: Mary Ann Smith-Jones is found as Ann Jones."""

    # Written and removed by the trigger on names: the database decides, Django does nothing.
    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, related_name="+")
    name = models.ForeignKey(Name, on_delete=models.DO_NOTHING, related_name="+")
    family = models.TextField()
    given = models.TextField()

    class Meta:
        indexes = (
            models.Index(fields=("family", "given"), name="linkage_part_keys"),
            models.Index(fields=("given",), name="linkage_part_given"),
        )

    @override
    def __str__(self) -> str:
        return f"part of name {self.name_id}"
