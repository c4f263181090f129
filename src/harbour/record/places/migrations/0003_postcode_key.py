"""Find places by postcode, however it was spaced."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("places", "0002_policies")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="place",
            name="postcode_key",
            field=models.TextField(
                blank=True, db_index=True, help_text="without spaces, in capitals"
            ),
        ),
    ]
