"""Open an installation to the returns of its first authority, before anybody works in it."""

from datetime import date

from django.db import connection, transaction

from harbour.foundation.access import roles
from harbour.foundation.access.models import Holding, User
from harbour.foundation.agencies.models import Agency, Remit, Team
from harbour.foundation.agencies.vocabulary import AgencyKind
from harbour.foundation.kernel.refusals import Refused

TEAM = "Returns"


@transaction.atomic
def open_returns(*, authority_name: str, on: date) -> None:
    """Write the first authority and the system principal that reads its returns.

    Only the migration role can, and only while there is no authority: from then on, who works for
    whom is decided by the people of the hub.
    """
    if Agency.objects.filter(kind=AgencyKind.AUTHORITY).exists():
        raise Refused("There is an authority already: its administrator decides who works for it.")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE harbour_sec_owner")
    authority = Agency(
        name=authority_name,
        kind=AgencyKind.AUTHORITY,
        partner=True,
        covered_by_s115=True,
        starts_on=on,
    )
    authority.save(force_insert=True)
    team = Team(agency=authority, name=TEAM)
    team.save(force_insert=True)
    Remit(team=team, authority=authority, starts_on=on).save(force_insert=True)
    # RFC 2606 keeps .invalid for addresses that can never receive anything.
    principal = User(
        email=f"returns.{authority.pk}@harbour.invalid",
        name=f"{roles.RECORDS_IMPORT.title}, {authority_name}",
        job="System principal",
        is_system=True,
    )
    principal.set_unusable_password()
    principal.save(force_insert=True)
    Holding(user=principal, role=roles.RECORDS_IMPORT.code, team=team, starts_on=on).save(
        force_insert=True
    )
