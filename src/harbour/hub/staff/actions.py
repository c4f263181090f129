"""Write people and what they hold: the only writers."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from harbour.foundation.access.models import Holding, User
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.roles import SYSTEM_ADMINISTRATOR, Role
from harbour.foundation.agencies.models import Team
from harbour.foundation.approvals import actions as approvals
from harbour.foundation.approvals.models import Proposal
from harbour.foundation.approvals.rules import Payload
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.entrance import activation, notices, sessions
from harbour.foundation.entrance.models import IdentityMapping
from harbour.foundation.entrance.vocabulary import FIRST_LASTS, HELP_LASTS, Happened
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.kernel.refusals import Refused
from harbour.hub.staff import policy
from harbour.hub.staff.vocabulary import HELP_TO_SIGN_IN, MAKE_ADMINISTRATOR, Lost


@transaction.atomic
def add_person(*, email: str, name: str, job: str, by: Reader, at: datetime) -> User:
    """Make an account without a password: it opens nothing without a code and a role."""
    policy.check_can_manage(by)
    if User.objects.filter(email__iexact=email).exists():
        raise Refused("Somebody with this e-mail address works in the hub already.")
    user = User.objects.create_user(email, None, name=name.strip(), job=job.strip())
    audit.record(Act.COLLECT, "staff.person_added", by=by, at=at, about=user)
    return user


@transaction.atomic
def give_code(*, user: User, by: Reader, at: datetime) -> str:
    """Give a person without a password a code to set one with; return it, to be shown once."""
    policy.check_can_give_code(by, user, at)
    lasts = FIRST_LASTS if user.last_login is None else HELP_LASTS
    code = activation.issue(user_id=user.pk, at=at, lasts=lasts, given_by=by.user_id)
    audit.record(Act.ALTER, "staff.code_given", by=by, at=at, about=user)
    return code


@transaction.atomic
def propose_help(*, user: User, lost: Lost, checked: str, by: Reader, at: datetime) -> Proposal:
    """Propose to take away what somebody lost: another person approves it, or nothing happens."""
    policy.check_can_ask_for_help(by, user, at)
    return approvals.propose(
        code=HELP_TO_SIGN_IN,
        payload={"user_id": str(user.pk), "lost": lost.value},
        about_id=user.pk,
        summary=f"{user.name}, {user.job}: {lost.label[0].lower()}{lost.label[1:]}",
        reason=f"How it was checked who asks: {checked}",
        by=by,
        at=at,
    )


@transaction.atomic
def reset_sign_in(*, payload: Payload, by: Reader, at: datetime) -> None:
    """Take away what was lost, and end every session, as two people decided."""
    user = User.objects.get(pk=UUID(str(payload["user_id"])))
    policy.check_can_reset(by, user.pk)
    lost = Lost(str(payload["lost"]))
    taken = activation.take_away(
        user, password=lost is not Lost.FACTOR, factors=lost is not Lost.PASSWORD
    )
    ended = sessions.end(user.pk)
    detail: dict[str, str | int | bool | None]
    detail = {"lost": lost.value, "factors": taken, "sessions": ended}
    audit.record(Act.ALTER, "staff.sign_in_reset", by=by, at=at, about=user, detail=detail)
    notices.note(None, Happened.RESET, user_id=user.pk)


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
def let_go(*, user: User, left_on: date, by: Reader, at: datetime) -> None:
    """Write down the first day on which somebody no longer works here.

    From that day on the database opens nothing to them, whatever runs or does not run that night.
    Their roles end on it; if it has come, their sessions end now.
    """
    policy.check_can_manage(by, user.pk)
    User.objects.filter(pk=user.pk).update(left_on=left_on)
    held = Holding.objects.filter(user=user)
    for each in held.filter(Q(ends_on=None) | Q(ends_on__gt=left_on)):
        Holding.objects.filter(pk=each.pk).update(ends_on=max(left_on, each.starts_on))
    ended = sessions.end(user.pk) if left_on <= london_date(at) else 0
    detail: dict[str, str | int | bool | None]
    detail = {"left_on": left_on.isoformat(), "sessions": ended}
    audit.record(Act.ALTER, "staff.person_left", by=by, at=at, about=user, detail=detail)


@transaction.atomic
def end_sessions(*, user: User, by: Reader, at: datetime) -> int:
    """End every session of a person at once; return how many there were."""
    policy.check_can_end_sessions(by)
    ended = sessions.end(user.pk)
    detail = {"ended": ended}
    audit.record(Act.SIGN_OUT, "staff.sessions_ended", by=by, at=at, about=user, detail=detail)
    return ended


@transaction.atomic
def map_group(
    *, provider: str, group: str, role: Role, team: Team, by: Reader, at: datetime
) -> IdentityMapping:
    """Say that members of a group of a sign-in provider hold a role in a team."""
    policy.check_can_map(by, role)
    wanted = {"provider": provider, "group": group.strip(), "role": role.code, "team": team}
    if IdentityMapping.objects.filter(ended_at=None, **wanted).exists():
        raise Refused("This group gives this role in this team already.")
    mapping = IdentityMapping(recorded_at=at, recorded_by_id=by.user_id, **wanted)
    mapping.save(force_insert=True)
    detail = {"provider": provider, "role": role.code}
    audit.record(Act.ALTER, "staff.group_mapped", by=by, at=at, about=mapping, detail=detail)
    return mapping


@transaction.atomic
def unmap_group(*, mapping: IdentityMapping, by: Reader, at: datetime) -> None:
    """End what a group gives: its members lose the role when they next sign in."""
    policy.check_can_unmap(by, mapping)
    IdentityMapping.objects.filter(pk=mapping.pk).update(ended_at=at, ended_by_id=by.user_id)
    audit.record(
        Act.ALTER,
        "staff.group_unmapped",
        by=by,
        at=at,
        about=mapping,
        detail={"role": mapping.role},
    )
