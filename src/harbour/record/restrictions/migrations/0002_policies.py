"""Close the tables of restrictions, open them by policy, and let restrictions hold standings back."""

from typing import ClassVar

from django.db import migrations

from harbour.foundation.kernel.sql import ApplyPolicies

# What the policies of this room put on the tables of others goes first on the way back.
TAKE_OFF = """
DROP TRIGGER IF EXISTS standing_held_back ON people_standing;
DROP TRIGGER IF EXISTS seal_stays ON people_address;
DROP TRIGGER IF EXISTS seal_stays ON people_phone;
DROP POLICY IF EXISTS seal_read ON people_address;
DROP POLICY IF EXISTS seal_add ON people_address;
DROP POLICY IF EXISTS seal_change ON people_address;
DROP POLICY IF EXISTS seal_read ON people_phone;
DROP POLICY IF EXISTS seal_add ON people_phone;
DROP POLICY IF EXISTS seal_change ON people_phone;
DROP POLICY IF EXISTS relation_to_the_visible ON people_relation;
DROP POLICY IF EXISTS lift_for_the_named ON approvals_proposal;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("restrictions", "0001_tables"),
        ("people", "0004_keep_what_was_granted"),
        ("approvals", "0002_policies"),
    ]
    operations: ClassVar = [
        ApplyPolicies("harbour.record.restrictions"),
        migrations.RunSQL(migrations.RunSQL.noop, TAKE_OFF),
    ]
