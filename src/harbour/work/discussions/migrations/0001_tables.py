"""Keep strategy discussions and what repeats ask for."""

import uuid
from datetime import date
from typing import ClassVar

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from harbour.foundation.kernel.sql import ApplyPolicies

# (number, basis, working days): what a hub begins with. Nobody names hours nationally.
TIMES = (
    (1, "s47", 1),
    (2, "working_together", 5),
    (3, "repeats", 5),
    (4, "out_of_area", 5),
)


def write_times(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write within how many working days a discussion is held, by its basis."""
    rows = apps.get_model("discussions", "HeldWithin")
    rows.objects.using(schema_editor.connection.alias).bulk_create(
        rows(number=number, basis=basis, working_days=days, starts_on=date(2014, 1, 1))
        for number, basis, days in TIMES
    )


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("agencies", "0003_let_homes_be_added"),
        ("missing", "0006_keep_every_answer"),
        ("people", "0005_ask_for_reasons"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="HeldWithin",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                (
                    "basis",
                    models.TextField(
                        choices=[
                            (
                                "s47",
                                "Children Act 1989 s47: reasonable cause to suspect significant harm",
                            ),
                            (
                                "working_together",
                                "Working Together: agencies need to plan together",
                            ),
                            ("repeats", "Repeated missing episodes: the local rule"),
                            (
                                "out_of_area",
                                "A child placed out of area: placing and host authority plan",
                            ),
                        ]
                    ),
                ),
                ("working_days", models.PositiveIntegerField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "held within",
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="Discussion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "basis",
                    models.TextField(
                        choices=[
                            (
                                "s47",
                                "Children Act 1989 s47: reasonable cause to suspect significant harm",
                            ),
                            (
                                "working_together",
                                "Working Together: agencies need to plan together",
                            ),
                            ("repeats", "Repeated missing episodes: the local rule"),
                            (
                                "out_of_area",
                                "A child placed out of area: placing and host authority plan",
                            ),
                        ]
                    ),
                ),
                ("reason", models.TextField()),
                ("due_on", models.DateField(help_text="by the clock of its basis")),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                (
                    "manner",
                    models.TextField(
                        blank=True,
                        choices=[("meeting", "Meeting"), ("call", "Telephone or video")],
                        default="",
                    ),
                ),
                ("without_reason", models.TextField(blank=True)),
                ("record", models.TextField(blank=True, help_text="what each agency said")),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("s47", "Section 47 enquiry"),
                            ("assessment", "Single assessment"),
                            ("plan", "The present plan goes on, changed"),
                            ("nfa", "No further action"),
                        ],
                        default="",
                    ),
                ),
                ("outcome_reason", models.TextField(blank=True)),
                ("conference_due_on", models.DateField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-recorded_at",),
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("text", models.TextField()),
                ("due_on", models.DateField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("evidence", models.TextField(blank=True)),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "discussion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="discussions.discussion",
                    ),
                ),
            ],
            options={
                "ordering": ("due_on", "recorded_at"),
            },
        ),
        migrations.CreateModel(
            name="Ask",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "counted",
                    models.PositiveIntegerField(help_text="episodes within the rule's days"),
                ),
                ("recorded_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "reason",
                    models.TextField(blank=True, help_text="why no discussion is asked for"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        help_text="that fulfilled the rule",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missing.episode",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missing.repeatrule",
                    ),
                ),
                (
                    "discussion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="discussions.discussion",
                    ),
                ),
            ],
            options={
                "ordering": ("-recorded_at",),
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "capacity",
                    models.TextField(
                        choices=[
                            ("police", "Police"),
                            ("social_care", "Children's social care"),
                            ("health", "Health"),
                            ("placing", "Placing authority"),
                            ("host", "Host authority"),
                            ("other", "Other"),
                        ]
                    ),
                ),
                (
                    "answer",
                    models.TextField(
                        blank=True,
                        choices=[("coming", "Coming"), ("not_coming", "Not coming")],
                        default="",
                    ),
                ),
                ("note", models.TextField(blank=True, help_text="who comes, or why nobody does")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("attended", models.BooleanField(blank=True, null=True)),
                ("who", models.TextField(blank=True, help_text="who was there for the agency")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "discussion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="discussions.discussion",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("recorded_at",),
            },
        ),
        migrations.AddIndex(
            model_name="discussion",
            index=models.Index(fields=["person"], name="discussions_person"),
        ),
        migrations.AddIndex(
            model_name="discussion",
            index=models.Index(fields=["closed_at", "due_on"], name="discussions_open"),
        ),
        migrations.AddConstraint(
            model_name="discussion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("held_at", None), ("held_by", None)),
                    models.Q(("held_at__isnull", False), ("held_by__isnull", False)),
                    _connector="OR",
                ),
                name="discussions_held_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="discussion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("closed_by", None)),
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                    _connector="OR",
                ),
                name="discussions_closed_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="discussion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("outcome", ""), ("outcome_reason", "")),
                    models.Q(
                        ("closed_at__isnull", False),
                        models.Q(("outcome_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="discussions_closed_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="discussion",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome", ""), ("held_at__isnull", False), _connector="OR"),
                name="discussions_decided_when_held",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["person"], name="discussions_decision_person"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["owner", "due_on"], name="discussions_decision_owner"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_on", None), ("owner", None)),
                    models.Q(("due_on__isnull", False), ("owner__isnull", False)),
                    _connector="OR",
                ),
                name="discussions_decision_owner_and_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at", None), ("done_by", None)),
                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                    _connector="OR",
                ),
                name="discussions_done_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="ask",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at", None)),
                fields=("person",),
                name="discussions_one_open_ask",
            ),
        ),
        migrations.AddConstraint(
            model_name="ask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answered_at", None),
                        ("answered_by", None),
                        ("discussion", None),
                        ("reason", ""),
                    ),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                        models.Q(
                            ("discussion__isnull", False),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="discussions_ask_answered_at_and_by",
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(fields=["person"], name="discussions_invited_person"),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(fields=["agency"], name="discussions_invited_agency"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                fields=("discussion", "agency"), name="discussions_invited_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at", None), ("answered_by", None)),
                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                    _connector="OR",
                ),
                name="discussions_answered_at_and_by",
            ),
        ),
        migrations.RunPython(write_times, migrations.RunPython.noop),
        ApplyPolicies("harbour.work.discussions"),
    ]
