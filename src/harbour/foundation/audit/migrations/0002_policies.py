"""The policies of audit are stated with the witnesses' tables, in the next migration."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("audit", "0001_tables"),
        ("access", "0002_policies"),
    ]
    operations: ClassVar = []
