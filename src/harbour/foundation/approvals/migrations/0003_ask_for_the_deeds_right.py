"""Let the database refuse a decision by somebody who lacks the right of the deed."""

from typing import ClassVar

from django.db import migrations

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [("approvals", "0002_policies")]
    operations: ClassVar = [ApplyPolicies("harbour.foundation.approvals")]
