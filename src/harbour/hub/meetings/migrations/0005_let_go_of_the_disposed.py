"""A closed meeting lets go of the child it showed last, when that child's record goes."""

from typing import ClassVar

from django.db import migrations

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [("meetings", "0004_close_without_the_restricted")]
    operations: ClassVar = [ApplyPolicies("harbour.hub.meetings")]
