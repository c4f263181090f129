"""What figures write: that they were taken out, and once, who takes them out."""

from datetime import date, datetime

from django.db import connection, transaction

from harbour.foundation.access import queries as people
from harbour.foundation.access import roles
from harbour.foundation.access.models import Holding, User
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies import queries as agencies
from harbour.foundation.agencies.models import Team
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.refusals import Refused
from harbour.insight.reporting import policy
from harbour.insight.reporting.queries import Report


@transaction.atomic
def record_export(*, report: Report, form: str, by: Reader, at: datetime) -> None:
    """Write to the ledger that a quarter's figures left the hub, and whether they were exact."""
    policy.check_can_read(by)
    audit.record(
        Act.EXPORT,
        "reporting.quarter_exported",
        by=by,
        at=at,
        results=len(report.figures),
        detail={
            "year": report.quarter.slug,
            "quarter": report.quarter.number,
            "authority": report.scope.slug or "all",
            "form": form,
            "exact": report.exact,
        },
    )


TEAM = "Figures"


@transaction.atomic
def open_figures(*, on: date) -> None:
    """Write the system principal of the figures command. Only the migration role can, and once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        before = cursor.fetchone()[0]
        cursor.execute("SET LOCAL ROLE harbour_sec_owner")
        _write_principal(on)
        cursor.execute(f"SET LOCAL ROLE {before}")


def _write_principal(on: date) -> None:
    if people.holders(roles.FIGURES_COMMAND).exists():
        return
    authority = agencies.partner_authorities().first()
    if authority is None:
        raise Refused("There is no authority yet whose figures could be counted.")
    team = Team.objects.filter(agency=authority, name=TEAM).first()
    if team is None:
        team = Team(agency=authority, name=TEAM)
        team.save(force_insert=True)
    # RFC 2606 keeps .invalid for addresses that can never receive anything.
    principal = User(
        email="figures@harbour.invalid",
        name=roles.FIGURES_COMMAND.title,
        job="System principal",
        is_system=True,
    )
    principal.set_unusable_password()
    principal.save(force_insert=True)
    Holding(user=principal, role=roles.FIGURES_COMMAND.code, team=team, starts_on=on).save(
        force_insert=True
    )
