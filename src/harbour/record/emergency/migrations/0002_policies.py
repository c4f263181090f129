"""Publish the bank holidays of England, close the tables and open them by policy."""

from datetime import date, timedelta
from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from harbour.foundation.kernel.sql import ApplyPolicies
from harbour.foundation.kernel.working_days import is_working_day

FIRST, LAST = date(2020, 1, 1), date(2045, 12, 31)
SATURDAY = 5
CLOSE = "DROP POLICY IF EXISTS standing_not_by_glass ON people_standing"


def publish(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write down every weekday on which offices in England are shut."""
    del schema_editor
    days = (FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1))
    holidays = apps.get_model("emergency", "BankHoliday")
    holidays.objects.bulk_create(
        holidays(day=each)
        for each in days
        if each.weekday() < SATURDAY and not is_working_day(each)
    )


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("emergency", "0001_tables"),
        ("people", "0004_keep_what_was_granted"),
        ("restrictions", "0002_policies"),
        ("audit", "0003_witnesses"),
    ]
    operations: ClassVar = [
        migrations.RunPython(publish, migrations.RunPython.noop),
        migrations.RunSQL(migrations.RunSQL.noop, CLOSE),
        ApplyPolicies("harbour.record.emergency"),
    ]
