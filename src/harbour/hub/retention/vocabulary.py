"""Words of the retention room."""

from django.db.models import TextChoices


class Trigger(TextChoices):
    """From when a rule counts."""

    BIRTH = "birth", "Birth"
    BIRTH_LOOKED_AFTER = "birth_looked_after", "Birth, where the child was looked after"
    DEATH_LOOKED_AFTER = "death_looked_after", "Death before 18, where the child was looked after"
    ADOPTION = "adoption", "Adoption"
    SECTION_47 = "section_47", "Last contact after a section 47 enquiry"
    RECEIPT = "receipt", "Receipt, where no child is linked"
    REVIEW = "review", "Its own review"


class Scope(TextChoices):
    """What a legal hold covers."""

    PERSON = "person", "One person's record"
    RULE = "rule", "Every record that one rule governs"
    PARTNERSHIP = "partnership", "Every record of the partnership, for example for an inquiry"


class Deed(TextChoices):
    """What takes two people here."""

    DISPOSE = "retention.dispose", "Dispose of a record whose time is over"
    ERASE = "erasure", "Erase a record before its time"
    KEEP = "retention.override", "Keep a record longer than the schedule says"
    LIFT = "retention.lift_hold", "Lift a legal hold"
