"""Keep on the agenda what was settled, as the minutes say it; state the policies anew."""

from typing import ClassVar

from django.db import migrations, models

from harbour.foundation.kernel.sql import ApplyPolicies

SETTLED = "[[what, in words]]"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("meetings", "0002_policies")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="item",
            name="settled",
            field=models.JSONField(default=list, help_text=SETTLED),
        ),
        migrations.AddField(
            model_name="superseded",
            name="settled",
            field=models.JSONField(default=list, help_text=SETTLED),
        ),
        ApplyPolicies("harbour.hub.meetings"),
    ]
