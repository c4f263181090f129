"""Write people and what they hold: the only writers."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from harbour.foundation.access.models import Holding, User
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.roles import SYSTEM_ADMINISTRATOR, Role
from harbour.foundation.agencies.models import Team
from harbour.foundation.approvals import actions as approvals
from harbour.foundation.approvals.models import Proposal
from harbour.foundation.approvals.rules import Payload
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.refusals import Refused
from harbour.hub.staff import policy
from harbour.hub.staff.vocabulary import MAKE_ADMINISTRATOR


@transaction.atomic
def add_person(*, email: str, name: str, job: str, password: str, by: Reader, at: datetime) -> User:
    """Make an account with a first password that the person changes.

    It opens nothing without a role.
    """
    policy.check_can_manage(by)
    if User.objects.filter(email__iexact=email).exists():
        raise Refused("Somebody with this e-mail address works in the hub already.")
    user = User.objects.create_user(email, password, name=name.strip(), job=job.strip())
    audit.record(Act.COLLECT, "staff.person_added", by=by, at=at, about=user)
    return user


@transaction.atomic
def give_role(
    *, user: User, role: Role, team: Team, starts_on: date, by: Reader, at: datetime
) -> Holding:
    """Give a person a role in a team from a day; an administrator's takes two people."""
    policy.check_can_give(by, user.pk, role)
    holding = Holding(user=user, role=role.code, team=team, starts_on=starts_on)
    holding.save(force_insert=True)
    audit.record(
        Act.ALTER, "staff.role_given", by=by, at=at, about=holding, detail={"role": role.code}
    )
    return holding


@transaction.atomic
def propose_administrator(
    *, user: User, team: Team, starts_on: date, reason: str, by: Reader, at: datetime
) -> Proposal:
    """Propose that a person becomes system administrator: somebody else approves it."""
    policy.check_can_manage(by, user.pk)
    return approvals.propose(
        code=MAKE_ADMINISTRATOR,
        payload={
            "user_id": str(user.pk),
            "team_id": str(team.pk),
            "starts_on": starts_on.isoformat(),
        },
        about_id=user.pk,
        summary=f"{user.name}, {user.job}, in {team.agency.name}: {team.name}",
        reason=reason,
        by=by,
        at=at,
    )


@transaction.atomic
def make_administrator(*, payload: Payload, by: Reader, at: datetime) -> Holding:
    """Give the role of system administrator, as two people decided."""
    user_id = UUID(str(payload["user_id"]))
    policy.check_can_make_administrator(by, user_id)
    holding = Holding(
        user_id=user_id,
        role=SYSTEM_ADMINISTRATOR.code,
        team_id=UUID(str(payload["team_id"])),
        starts_on=date.fromisoformat(str(payload["starts_on"])),
    )
    holding.save(force_insert=True)
    audit.record(
        Act.ALTER, "staff.role_given", by=by, at=at, about=holding, detail={"role": holding.role}
    )
    return holding


@transaction.atomic
def end_role(*, holding: Holding, ends_on: date, by: Reader, at: datetime) -> None:
    """End a role on a day.

    From the next statement after it begins, the database opens nothing by it.
    """
    policy.check_can_end(by, holding)
    if ends_on <= holding.starts_on:
        raise Refused("A role ends after the day it began.")
    Holding.objects.filter(pk=holding.pk).update(ends_on=ends_on)
    audit.record(
        Act.ALTER, "staff.role_ended", by=by, at=at, about=holding, detail={"role": holding.role}
    )


@transaction.atomic
def let_go(*, user: User, by: Reader, at: datetime) -> None:
    """Close a leaver's account: the next statement of any session of theirs opens nothing."""
    policy.check_can_manage(by, user.pk)
    User.objects.filter(pk=user.pk).update(is_active=False)
    audit.record(Act.ALTER, "staff.person_left", by=by, at=at, about=user)
