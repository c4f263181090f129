"""Rest every share on an agreement or a short decision; keep requests and refusals."""

import uuid
from datetime import timedelta

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from harbour.foundation.kernel.sql import ApplyPolicies

# A share without an end, or a longer one, that rests on no agreement gets the end that the rule gives it.
SHORTEN = """
SET LOCAL ROLE harbour_sec_owner;
UPDATE people_standing t SET ends_at = greatest(t.starts_at, s.recorded_at + interval '28 days')
FROM sharing_share s
WHERE t.because_id = s.id AND coalesce(t.ends_at, 'infinity') > s.recorded_at + interval '28 days';
UPDATE sharing_share SET expires_at = recorded_at + interval '28 days'
WHERE coalesce(expires_at, 'infinity') > recorded_at + interval '28 days';
SET LOCAL ROLE harbour_owner;
"""
CLOSE = "DROP POLICY IF EXISTS standing_of_a_share ON people_standing"


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_policies"),
        ("people", "0004_keep_what_was_granted"),
        ("sharing", "0002_policies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="share",
            name="continues",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sharing.share",
            ),
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("series", models.UUIDField(help_text="the id of the first version")),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("title", models.TextField()),
                ("reference", models.TextField(help_text="where the signed text is kept")),
                (
                    "parties",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField()),
                ),
                (
                    "purposes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField()),
                ),
                (
                    "gateways",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField()),
                ),
                (
                    "facets",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField()),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, help_text="the last day", null=True)),
                ("review_on", models.DateField()),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("in_force", "In force"),
                            ("suspended", "Suspended"),
                            ("ended", "Ended"),
                        ],
                        default="in_force",
                    ),
                ),
                ("state_reason", models.TextField(blank=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.agreement",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="share",
            name="agreement",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sharing.agreement",
            ),
        ),
        migrations.AddField(
            model_name="share",
            name="ended_with",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sharing.agreement",
            ),
        ),
        migrations.CreateModel(
            name="Decline",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "facets",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField()),
                ),
                (
                    "purpose",
                    models.TextField(
                        choices=[
                            ("safeguard", "Safeguarding the child"),
                            ("strategy", "Strategy discussion"),
                            ("section_47", "Section 47 enquiry"),
                            ("missing", "Finding a missing child"),
                            ("return_interview", "Return home interview"),
                            ("prevent_crime", "Preventing or detecting crime"),
                        ]
                    ),
                ),
                (
                    "gateway",
                    models.TextField(
                        choices=[
                            ("ca2004_s10", "Children Act 2004 s10 (co-operation)"),
                            ("ca2004_s11", "Children Act 2004 s11 (safeguarding duty)"),
                            (
                                "ca2004_s16h",
                                "Children Act 2004 s16H (request by safeguarding partner)",
                            ),
                            ("ca1989_s47", "Children Act 1989 s47 (enquiries)"),
                            (
                                "cda1998_s115",
                                "Crime and Disorder Act 1998 s115 (not for voluntary bodies)",
                            ),
                            ("dpa2018_18", "Data Protection Act 2018 Sch 1 para 18 (safeguarding)"),
                        ],
                        help_text="the gateway that was considered",
                    ),
                ),
                ("reason", models.TextField()),
                ("review_on", models.DateField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
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
                    "reconsiders",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.decline",
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
        ),
        migrations.AddField(
            model_name="share",
            name="reconsiders",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sharing.decline",
            ),
        ),
        migrations.CreateModel(
            name="Request",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("given", models.TextField(blank=True)),
                ("family", models.TextField(blank=True)),
                ("born_on", models.DateField(blank=True, null=True)),
                (
                    "facets",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField()),
                ),
                (
                    "purpose",
                    models.TextField(
                        choices=[
                            ("safeguard", "Safeguarding the child"),
                            ("strategy", "Strategy discussion"),
                            ("section_47", "Section 47 enquiry"),
                            ("missing", "Finding a missing child"),
                            ("return_interview", "Return home interview"),
                            ("prevent_crime", "Preventing or detecting crime"),
                        ]
                    ),
                ),
                ("what", models.TextField(help_text="what is asked for, in the agency's words")),
                ("reason", models.TextField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
        ),
        migrations.AddField(
            model_name="decline",
            name="request",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sharing.request",
            ),
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "outcome",
                    models.TextField(choices=[("shared", "Shared"), ("declined", "Not shared")]),
                ),
                ("words", models.TextField(help_text="said to the agency that asked")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.request",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="share",
            name="request",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sharing.request",
            ),
        ),
        migrations.AddIndex(
            model_name="share",
            index=models.Index(fields=["person"], name="sharing_share_person"),
        ),
        migrations.RunSQL(SHORTEN, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("agreement__isnull", False),
                    models.Q(
                        ("expires_at__isnull", False),
                        (
                            "expires_at__lte",
                            django.db.models.expressions.CombinedExpression(
                                models.F("recorded_at"),
                                "+",
                                models.Value(timedelta(days=28)),
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="sharing_share_one_off_is_short",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(
                fields=("series", "number"), name="sharing_agreement_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="sharing_agreement_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "in_force"),
                    models.Q(("state_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="sharing_agreement_stopped_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number", 1), ("supersedes", None)),
                    models.Q(("number__gt", 1), ("supersedes__isnull", False)),
                    _connector="OR",
                ),
                name="sharing_agreement_versions_follow",
            ),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(
                fields=["authority", "recorded_at"], name="sharing_request_authority"
            ),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["agency", "recorded_at"], name="sharing_request_agency"),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["person"], name="sharing_request_person"),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("person__isnull", False),
                    models.Q(("family", ""), _negated=True),
                    _connector="OR",
                ),
                name="sharing_request_names_a_child",
            ),
        ),
        migrations.AddIndex(
            model_name="decline",
            index=models.Index(fields=["person"], name="sharing_decline_person"),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(fields=["request", "recorded_at"], name="sharing_answer_request"),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, CLOSE),
        ApplyPolicies("harbour.record.sharing"),
    ]
