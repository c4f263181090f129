"""Who hands out an authority's returns."""

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.refusals import Refused, permits


def check_can_take(reader: Reader, authority: Agency) -> None:
    """Refuse unless the reader keeps this authority's returns."""
    access.check_may(reader, Permission.RETURNS)
    if authority.pk not in reader.authority_ids:
        raise Refused(f"Your team does not work for {authority.name}.")


can_take = permits(check_can_take)
