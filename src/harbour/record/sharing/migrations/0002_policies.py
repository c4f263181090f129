"""The policies of sharing are stated with the tables of agreements, in the next migration."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("sharing", "0001_tables"),
        ("people", "0002_policies"),
    ]
    operations: ClassVar = []
