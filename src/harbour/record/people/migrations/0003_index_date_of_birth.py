"""Find people by date of birth, and let no standing be changed by hand."""

from typing import ClassVar

from django.db import migrations, models

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [("people", "0002_policies")]
    operations: ClassVar = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["born_on"], name="people_person_born_on"),
        ),
        ApplyPolicies("harbour.record.people"),
    ]
