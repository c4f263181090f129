"""Open an installation to the command that prints its figures."""

import sys
from typing import Any, override

from django.core.management.base import BaseCommand

from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.insight.reporting import actions


class Command(BaseCommand):
    """Run as the migration role, by the command itself, once."""

    help = "Write the system principal on whose behalf `harbour report` reads figures."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            actions.open_figures(on=clock.london_date(clock.now()))
        except Refused as refusal:
            self.stderr.write(refusal.sentence)
            sys.exit(2)
