"""Let the analyst write down a place that children named."""

from typing import ClassVar

from django.db import migrations

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [("places", "0003_postcode_key")]
    operations: ClassVar = [ApplyPolicies("harbour.record.places")]
