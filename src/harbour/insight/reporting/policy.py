"""Who may read figures."""

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.refusals import permits


def check_can_read(reader: Reader) -> None:
    """Refuse whoever's role does not read figures."""
    access.check_may(reader, Permission.FIGURES_READ)


can_read = permits(check_can_read)
