"""Close the tables of documents and open them by policy."""

from typing import ClassVar

from django.db import migrations

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("attachments", "0001_tables"),
        ("people", "0002_policies"),
    ]
    operations: ClassVar = [ApplyPolicies("harbour.record.attachments")]
