"""The person (or system principal) on whose behalf a request or job runs."""

from dataclasses import dataclass
from uuid import UUID

from harbour.foundation.access.roles import Role
from harbour.foundation.access.vocabulary import Permission


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who is reading, in which roles, for which authorities, in which session."""

    user_id: UUID
    name: str
    job: str
    agency_id: UUID | None
    agency_name: str
    team_ids: frozenset[UUID]
    agency_ids: frozenset[UUID]
    authority_ids: frozenset[UUID]
    roles: tuple[Role, ...]
    permissions: frozenset[Permission]
    session_id: str
    request_id: str
    # Why this request looks at a record: the ledger keeps it with every look.
    purpose: str = ""

    def may(self, permission: Permission) -> bool:
        """Say whether any of this person's present roles has the verb."""
        return permission in self.permissions

    def holds(self, role: Role) -> bool:
        """Say whether this person holds the role today."""
        return role in self.roles
