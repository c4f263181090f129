"""Make the first system administrator of an installation."""

from argparse import ArgumentParser
from typing import Any, override

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from harbour.foundation.access import roles
from harbour.foundation.access.models import Holding, User
from harbour.foundation.agencies.models import Agency, Team
from harbour.foundation.agencies.vocabulary import AgencyKind
from harbour.foundation.entrance import activation
from harbour.foundation.entrance.vocabulary import FIRST_LASTS
from harbour.foundation.kernel import clock


class Command(BaseCommand):
    """Run as the migration role, once: every later role is given on the pages, by somebody else."""

    help = "Make the first system administrator: ./harbour manage administrator --email E --name N"

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)

    @override
    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE harbour_sec_owner")
        if Holding.objects.filter(role=roles.SYSTEM_ADMINISTRATOR.code).exists():
            raise CommandError(
                "There is an administrator already: they add people on the page People and roles."
            )
        user = User.objects.create_user(
            options["email"], None, name=options["name"], job=roles.SYSTEM_ADMINISTRATOR.title
        )
        hub, _ = Agency.objects.get_or_create(
            kind=AgencyKind.HUB, defaults={"name": "The partnership", "partner": True}
        )
        team, _ = Team.objects.get_or_create(agency=hub, name="Systems")
        Holding.objects.create(
            user=user,
            role=roles.SYSTEM_ADMINISTRATOR.code,
            team=team,
            starts_on=clock.london_date(clock.now()),
        )
        code = activation.issue(user_id=user.pk, at=clock.now(), lasts=FIRST_LASTS, given_by=None)
        self.stdout.write(f"Open /account/first/ as {user.email} within three days; code: {code}")
        self.stdout.write("You are asked to set up a second factor before anything else.")
