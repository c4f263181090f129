"""Open an installation without any authority to the returns of its first one."""

from typing import Any, override

from django.core.management.base import BaseCommand, CommandParser

from harbour.exchange.ssda903.actions import principals
from harbour.foundation.kernel import clock


class Command(BaseCommand):
    """Run as the migration role, by the import itself, once."""

    help = "Write the first authority and the system principal that reads its returns."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("authority", help="the authority's name")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        principals.open_returns(
            authority_name=options["authority"], on=clock.london_date(clock.now())
        )
