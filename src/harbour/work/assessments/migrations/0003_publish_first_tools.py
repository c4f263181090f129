"""Publish the tools that this release brings: sexual exploitation, gang association."""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from harbour.work.assessments.actions import publish_tools

FIRST = ("cse_rat", "gat")


def publish(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write each tool's first version."""
    publish_tools(
        apps.get_model("assessments", "Tool"), apps.get_model("assessments", "ToolVersion")
    )


def withdraw(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them back. The database refuses where an assessment rests on one."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE harbour_sec_owner")
        apps.get_model("assessments", "ToolVersion").objects.filter(
            tool__code__in=FIRST, number=1
        ).delete()
        apps.get_model("assessments", "Tool").objects.filter(code__in=FIRST, versions=None).delete()
        cursor.execute("SET LOCAL ROLE harbour_owner")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("assessments", "0002_policies")]
    operations: ClassVar = [migrations.RunPython(publish, withdraw)]
