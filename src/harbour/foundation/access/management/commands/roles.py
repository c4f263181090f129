"""Bring the database in step with the code after the migrations.

Roles, rate-limit table, library grants.
"""

from typing import Any, override

from django.core.management import call_command
from django.core.management.base import BaseCommand

from harbour.foundation.access import actions


class Command(BaseCommand):
    """Run as the migration role, at every start, after `migrate`."""

    help = "Copy the roles of the code to the database and grant the libraries' tables to the "
    "application."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        call_command("createcachetable", verbosity=0)
        actions.publish_roles()
        actions.grant_library_tables()
