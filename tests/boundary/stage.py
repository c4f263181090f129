"""What the release checks stand on: the invented partnership in a throw-away database."""

from types import SimpleNamespace

from django.core.management import call_command
from django.db import connection

from harbour.demo import partnership
from harbour.foundation.access.models import User
from tests.conftest import everybody


def build() -> None:
    """Publish the roles and write the partnership, as the owner of the tables."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE harbour_owner")
        call_command("roles", verbosity=0)
        if not User.objects.exists():
            partnership.build()
        cursor.execute("SET ROLE harbour_app")


def cast() -> SimpleNamespace:
    """Return the partnership by key."""
    return everybody()
