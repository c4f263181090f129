"""Who may import a return, and for which authority."""

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.refusals import Refused, permits


def check_can_import(reader: Reader, authority: Agency) -> None:
    """Refuse unless the reader imports returns and works for this authority's children."""
    access.check_may(reader, Permission.IMPORT)
    if authority.pk not in reader.authority_ids:
        raise Refused(
            f"The import does not work for {authority.name}: no team of it has the remit."
        )


def check_can_see_runs(reader: Reader) -> None:
    """Refuse unless the reader keeps returns."""
    access.check_may(reader, Permission.RETURNS)


can_see_runs = permits(check_can_see_runs)
can_import = permits(check_can_import)
