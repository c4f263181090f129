"""Write the first repeat rules; the policies are stated by the newest migration of the room."""

from datetime import date
from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# (number, episodes, days): three in 30 days and three in 90 days are the two rules authorities use.
RULES = ((1, 3, 30), (2, 3, 90))


def write_rules(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the rules the hub starts with."""
    rule = apps.get_model("missing", "RepeatRule")
    rule.objects.using(schema_editor.connection.alias).bulk_create(
        rule(number=number, episodes=episodes, days=days, starts_on=date(2014, 1, 1))
        for number, episodes, days in RULES
    )


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("missing", "0001_tables"),
        ("people", "0002_policies"),
        ("providers", "0002_policies"),
    ]
    operations: ClassVar = [
        migrations.RunPython(write_rules, migrations.RunPython.noop),
    ]
