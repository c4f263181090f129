"""People and roles as the administrator reads them."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.urls import reverse

from harbour.foundation.access.models import Holding, User
from harbour.foundation.access.roles import ROLES, role
from harbour.foundation.entrance.models import IdentityMapping
from harbour.foundation.ui import components as ui
from harbour.foundation.ui.listing import Wanted
from harbour.foundation.ui.when import day


def people_table(
    people: list[User], held: list[Holding], *, today: date, total: int, wanted: Wanted
) -> ui.Table:
    """Return everybody with the roles they hold today."""
    roles: dict[UUID, list[str]] = defaultdict(list)
    for each in held:
        if each.starts_on <= today and (each.ends_on is None or each.ends_on > today):
            roles[each.user_id].append(f"{role(each.role).title}, {each.team.name}")
    return ui.Table(
        caption="People",
        columns=(
            ui.Column("Name", sort="name"),
            ui.Column("Job", sort="job"),
            ui.Column("Roles today"),
        ),
        rows=[
            (
                ui.Link(each.name, reverse("staff:person", args=[each.pk])),
                each.job,
                ui.Lines(tuple(roles[each.pk])) if roles[each.pk] else _without(each, today),
            )
            for each in people
        ],
        empty="Nobody has an account yet. Add the first person.",
        total=total,
        wanted=wanted,
        noun=("person", "people"),
    )


def _without(user: User, today: date) -> ui.Tag:
    if user.works_on(today):
        return ui.Tag("No role", ui.Colour.YELLOW)
    return ui.Tag("Left", ui.Colour.GREY)


def groups_table(mappings: list[IdentityMapping]) -> ui.Table:
    """Return what each group of a sign-in provider gives."""
    return ui.Table(
        caption="Groups that give a role",
        columns=(
            ui.Column("Provider"),
            ui.Column("Group"),
            ui.Column("Role"),
            ui.Column("Team"),
            ui.Column("Action", hidden=True),
        ),
        rows=[
            (
                each.provider,
                each.group,
                role(each.role).title,
                f"{each.team.agency.name}: {each.team.name}",
                ui.Link("End", reverse("staff:unmap_group", args=[each.pk]), about=each.group),
            )
            for each in mappings
        ],
        empty="No group gives a role: every role is given by hand.",
        noun=("group", "groups"),
    )


def holdings_table(held: list[Holding], *, mine: bool) -> ui.Table:
    """Return the roles of one person with their dates and a way to end them."""
    return ui.Table(
        caption="Roles",
        columns=(
            ui.Column("Role"),
            ui.Column("Team"),
            ui.Column("From"),
            ui.Column("Until"),
            ui.Column("Action", hidden=True),
        ),
        rows=[
            (
                role(each.role).title,
                f"{each.team.agency.name}: {each.team.name}",
                day(each.starts_on),
                day(each.ends_on) if each.ends_on else "Open",
                ui.Link(
                    "End", reverse("staff:end_role", args=[each.pk]), about=role(each.role).title
                )
                if each.ends_on is None and not mine
                else "",
            )
            for each in held
        ],
        empty="No role: this person can sign in and sees nothing.",
        noun=("role", "roles"),
    )


def role_cards() -> list[ui.Card]:
    """Return every role with the description a manager reads before giving it."""
    return [
        ui.Card(each.title, each.description, heading_level=2) for each in ROLES if not each.system
    ]
