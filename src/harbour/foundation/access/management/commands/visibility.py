"""`./harbour manage visibility`: who sees what, told by the policies of this very database."""

from pathlib import Path
from typing import Any, override

from django.core.management.base import BaseCommand, CommandParser

from harbour.foundation.access import visibility


class Command(BaseCommand):
    """Print the table of who sees what, or write it into the page."""

    help = "Print who sees what, from the policies' own declarations."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        """Take the page to bring up to date, if any."""
        parser.add_argument("--write", type=Path, help="the page, docs/visibility.md")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        """Print, or write."""
        path: Path | None = options["write"]
        if path is None:
            self.stdout.write(visibility.page())
            return
        before, _, rest = path.read_text("utf-8").partition(visibility.BEGIN)
        after = rest.partition(visibility.END)[2]
        path.write_text(before + visibility.page() + after, encoding="utf-8")
