"""Who says what the columns mean, who brings an extract in, and who sees what was refused."""

from uuid import UUID

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.refusals import Refused, permits


def check_can_import(reader: Reader, authority: Agency) -> None:
    """Refuse unless the reader imports for this authority."""
    access.check_may(reader, Permission.IMPORT)
    _check_works_for(reader, authority.pk, authority.name)


def check_can_map(reader: Reader, authority: Agency) -> None:
    """Refuse unless the reader keeps this authority's returns."""
    access.check_may(reader, Permission.RETURNS)
    _check_works_for(reader, authority.pk, authority.name)


def check_can_see_runs(reader: Reader) -> None:
    """Refuse unless the reader keeps returns."""
    access.check_may(reader, Permission.RETURNS)


def _check_works_for(reader: Reader, authority_id: UUID, name: str) -> None:
    if authority_id not in reader.authority_ids:
        raise Refused(f"Your team does not work for {name}.")


can_import = permits(check_can_import)
can_map = permits(check_can_map)
can_see_runs = permits(check_can_see_runs)
