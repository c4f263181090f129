"""Learn the names that were there before, and be able to learn all of them anew."""

from typing import ClassVar

from django.db import migrations

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [("linkage", "0002_policies")]
    operations: ClassVar = [
        ApplyPolicies("harbour.record.linkage"),
        migrations.RunSQL(
            "SELECT harbour_sec.learn_all_names()", reverse_sql=migrations.RunSQL.noop
        ),
    ]
