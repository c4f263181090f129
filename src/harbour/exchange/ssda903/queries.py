"""Find the children of a return in the record, and who may bring one in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from harbour.foundation.access import queries as access
from harbour.foundation.access import roles
from harbour.foundation.access.models import User
from harbour.foundation.agencies import queries as agencies
from harbour.foundation.agencies.models import Agency
from harbour.record.people.models import Identifier
from harbour.record.people.vocabulary import IdentifierScheme

# RFC 2606 keeps example.org for examples: a principal with such an address is an invented one.
_INVENTED_ADDRESS = ".example.org"


@dataclass(frozen=True, kw_only=True)
class Principal:
    """On whose behalf returns of an authority are read. No person signs in as it."""

    user: User
    authority: Agency

    @property
    def is_invented(self) -> bool:
        """Say whether it belongs to the demo."""
        return self.user.email.endswith(_INVENTED_ADDRESS)


def principals() -> list[Principal]:
    """Return the import's principals with the authority each reads for, by the authority's name."""
    found: list[Principal] = []
    for authority in agencies.authorities():
        users = access.holders(roles.RECORDS_IMPORT, authority_id=authority.pk)
        found.extend(Principal(user=user, authority=authority) for user in users[:1])
    return found


def people_by_child(authority: Agency, children: Iterable[str]) -> dict[str, UUID]:
    """Return the person behind each of an authority's child identifiers that the hub knows."""
    known = Identifier.objects.filter(
        scheme=IdentifierScheme.LA_CHILD, issuer=authority, value_key__in=set(children)
    )
    return dict(known.order_by("recorded_at").values_list("value_key", "person_id"))


def people_by_upn(numbered: set[tuple[str, date]]) -> dict[tuple[str, date], UUID]:
    """Return the one person the hub knows by each pupil number and the day of birth with it."""
    known = Identifier.objects.filter(
        scheme=IdentifierScheme.UPN, value_key__in={upn for upn, _ in numbered}
    )
    found: dict[tuple[str, date], set[UUID]] = {}
    for upn, person_id, born_on in known.values_list("value_key", "person_id", "person__born_on"):
        if born_on and (upn, born_on) in numbered:
            found.setdefault((upn, born_on), set()).add(person_id)
    return {key: people.pop() for key, people in found.items() if len(people) == 1}
