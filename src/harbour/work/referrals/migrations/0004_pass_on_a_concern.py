"""Let a front door hand a concern to the authority it belongs to."""

from typing import ClassVar

from django.db import migrations

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [("referrals", "0003_count_at_the_door")]
    operations: ClassVar = [ApplyPolicies("harbour.work.referrals")]
