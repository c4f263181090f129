"""Count what waits at the front door without checking each row."""

from typing import ClassVar

from django.db import migrations

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [("referrals", "0002_policies")]
    operations: ClassVar = [ApplyPolicies("harbour.work.referrals")]
