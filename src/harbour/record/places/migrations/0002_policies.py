"""Wait for who reads; the policies are stated by the newest migration of the room."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("places", "0001_tables"),
        ("access", "0002_policies"),
    ]
    operations: ClassVar = []
