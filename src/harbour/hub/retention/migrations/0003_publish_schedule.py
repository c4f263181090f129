"""Publish the schedule as the code states it."""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from harbour.hub.retention.rules import SCHEDULE


def publish(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the rules. The table is closed to its owner too: the keeper of the policies writes."""
    rules = apps.get_model("retention", "Rule")
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE harbour_sec_owner")
        rules.objects.bulk_create(
            rules(
                code=each.code,
                covers=each.covers,
                trigger=each.trigger.value,
                years=each.years,
                source=each.source,
                owner=each.owner,
            )
            for each in SCHEDULE
        )
        cursor.execute("SET LOCAL ROLE harbour_owner")


def withdraw(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the rules away."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE harbour_sec_owner")
        apps.get_model("retention", "Rule").objects.all().delete()
        cursor.execute("SET LOCAL ROLE harbour_owner")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("retention", "0002_policies")]
    operations: ClassVar = [migrations.RunPython(publish, withdraw)]
