"""Words of the subject access room."""

from django.db.models import TextChoices

RELEASE = "subject_access.release"


class Asker(TextChoices):
    """Who asks."""

    CHILD = "child", "The child, or the adult the child became"
    PARENT = "parent", "A parent or somebody with parental responsibility"
    REPRESENTATIVE = "representative", "A solicitor or another representative"


class Ground(TextChoices):
    """Why words are taken out."""

    THIRD_PARTY = "third_party", "It is about somebody else"
    HARM = "harm", "It could seriously harm somebody"
    CRIME = "crime", "Crime and intelligence"
    PRIVILEGE = "privilege", "Legal privilege"

    @property
    def mark(self) -> str:
        """Return what stands in the place of the words."""
        return _MARKS[self.value]

    @property
    def law(self) -> str:
        """Return the exemption it rests on."""
        return _LAWS[self.value]


_MARKS = {
    "third_party": "[somebody else]",
    "harm": "[taken out]",
    "crime": "[taken out]",
    "privilege": "[legal advice]",
}
_LAWS = {
    "third_party": "Data Protection Act 2018 Sch 2 para 16",
    "harm": "Data Protection Act 2018 Sch 3 paras 2 to 5",
    "crime": "Data Protection Act 2018 Sch 2 para 2",
    "privilege": "Data Protection Act 2018 Sch 2 para 19",
}


MARKS = dict(_MARKS)


class Decision(TextChoices):
    """What a person decided about a proposal."""

    ACCEPTED = "accepted", "Taken out"
    REJECTED = "rejected", "Left in"
