"""Whoever was on record for one child alone goes with that child's record."""

from typing import ClassVar

from django.db import migrations

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [("retention", "0003_publish_schedule")]
    operations: ClassVar = [ApplyPolicies("harbour.hub.retention")]
