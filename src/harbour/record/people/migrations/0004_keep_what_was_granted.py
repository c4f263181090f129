"""Keep what a standing grants apart from what is open of it, and let single rows be sealed."""

from typing import ClassVar

import django.contrib.postgres.fields
from django.db import migrations, models

from harbour.foundation.kernel.sql import ApplyPolicies

# Rows are written past the policies here; tools that fill tables without triggers give no value.
KEEP = """
ALTER TABLE people_standing ALTER COLUMN granted SET DEFAULT '{}';
SET LOCAL ROLE harbour_sec_owner;
UPDATE people_standing SET granted = facets;
SET LOCAL ROLE harbour_owner;
CREATE TRIGGER standing_granted BEFORE INSERT ON people_standing
    FOR EACH ROW EXECUTE FUNCTION harbour_sec.standing_granted();
"""
FORGET = "DROP TRIGGER IF EXISTS standing_granted ON people_standing;"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("people", "0003_index_date_of_birth")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="standing",
            name="granted",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, editable=False, size=None
            ),
        ),
        migrations.AddField(
            model_name="address",
            name="seal",
            field=models.UUIDField(
                blank=True, help_text="the restriction that hides this row", null=True
            ),
        ),
        migrations.AddField(
            model_name="phone",
            name="seal",
            field=models.UUIDField(
                blank=True, help_text="the restriction that hides this row", null=True
            ),
        ),
        migrations.AlterField(
            model_name="standing",
            name="basis",
            field=models.TextField(
                choices=[
                    ("responsible", "Responsible authority's partnership"),
                    ("host", "Host authority's partnership"),
                    ("placed", "Placed with this provider"),
                    ("allocated", "Allocated to the child"),
                    ("shared", "Shared with this agency"),
                    ("associated", "Recorded association with the authority's work"),
                    ("named", "Named in a restriction of the record"),
                    ("emergency", "Emergency access, soon over"),
                ]
            ),
        ),
        ApplyPolicies("harbour.record.people"),
        migrations.RunSQL(KEEP, FORGET),
    ]
