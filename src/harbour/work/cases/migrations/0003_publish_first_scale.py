"""Publish the first risk scale: high, medium, low, with the roles a high grade asks for."""

from datetime import date
from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GRADES = [
    {
        "code": "high",
        "label": "High",
        "rank": 3,
        "needs": ["detective", "social_worker"],
        "may_have": ["youth_worker"],
    },
    {"code": "medium", "label": "Medium", "rank": 2, "needs": [], "may_have": []},
    {"code": "low", "label": "Low", "rank": 1, "needs": [], "may_have": []},
]


def publish(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write scale 1. The table is closed to its owner too, so the keeper of the policies writes it."""
    scales = apps.get_model("cases", "GradeScale")
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE harbour_sec_owner")
        scales.objects.bulk_create(
            [scales(number=1, starts_on=date(2016, 4, 1), grades=GRADES)], ignore_conflicts=True
        )
        cursor.execute("SET LOCAL ROLE harbour_owner")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0002_policies")]
    operations: ClassVar = [migrations.RunPython(publish, migrations.RunPython.noop)]
