"""Every moment has a person: `x_at` and `x_by` are both there, and both empty or both full."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import DateTimeField, Model

from tests.architecture.house import models

# Moments without a partner of their own: the person stands elsewhere, or it is nobody's deed.
NOBODY = "nobody's deed: "
WITHOUT_A_PARTNER = {
    "entrance.Activation.begins_at": "given_by, or the command that makes the first administrator",
    "entrance.Activation.expires_at": "given_by, who gave it for so long",
    "entrance.Activation.used_at": "user, whose code it is",
    "entrance.Notice.at": "nobody is known to have failed; else the user herself, or the ledger",
    "entrance.Notice.told_at": "user, who is told",
    "access.User.joined_at": NOBODY + "when the row came to be; the ledger names who made it",
    "audit.Entry.at": "actor_id and actor_name, copied: a ledger row has no foreign keys",
    "audit.Seal.sealed_at": NOBODY + "the worker seals",
    "retention.Due.found_at": NOBODY + "the nightly look finds it",
    "audit.SigningKey.made_at": NOBODY + "the worker keeps the public half of the operator's key",
    "audit.SignedRoot.signed_at": NOBODY + "the worker signs",
    "audit.Delivery.tried_at": NOBODY + "the worker delivers",
    "approvals.Proposal.expires_at": NOBODY + "a day after it was proposed",
    "approvals.Proposal.carried_out_at": "decided_by with the approval; else proposed_by uses it",
    "audit.Unrelated.opened_at": "user_id, copied: the day's count has no foreign keys",
    "audit.Alert.raised_at": NOBODY + "the database raises it",
    "oversight.LedgerCheck.checked_at": NOBODY + "the worker checks",
    "ui.Submission.recorded_at": "user_id",
    "home.Look.since_at": "user",
    "home.Look.seen_at": "user",
    "people.Standing.starts_at": "recorded_by",
    "people.Standing.ends_at": "ended_by; or recorded_by, where it is given with its end",
    "restrictions.Lookout.read_at": "owner of the restriction: nobody else reads it",
    "people.StatedReason.at": "user: nobody says why for another",
    "sharing.Share.expires_at": NOBODY + "the end agreed when it was shared, by recorded_by",
    "emergency.BreakGlass.ends_at": NOBODY + "60 minutes after recorded_by broke it",
    "emergency.BreakGlass.told_at": "leads: told in the same transaction",
    "emergency.BreakGlass.review_due_at": NOBODY + "computed from when it was broken",
    "referrals.Referral.received_at": "sent_by, where the sender has an account",
    "referrals.Watch.starts_at": "decided_by of the referral: the watch follows from the decision",
    "referrals.Watch.ends_at": NOBODY
    + "the period runs out; the ledger names who stopped it early",
    "referrals.Firing.fired_at": NOBODY + "news fires a watch; source_id names the news",
    "referrals.Draft.touched_at": NOBODY + "an unsent answer of somebody without an account",
    "cases.Grading.decided_at": "recorded_by",
    "cases.Allocation.offered_at": "recorded_by",
    "cases.Allocation.answered_at": "worker: nobody else answers",
    "cases.Note.at": "recorded_by: when what is noted happened",
    "missing.Episode.started_at": "recorded_by: when the child was last seen",
    "missing.Episode.reported_at": "recorded_by: when the police were told",
    "missing.Episode.owner_acknowledged_at": "owner: nobody else acknowledges",
    "missing.Episode.returned_at": "return_recorded_by",
    "missing.Episode.prevention_check_at": "recorded_by of the log entry written with it",
    "discussions.Ask.recorded_at": NOBODY + "the rule fires it; episode_id names the news",
    "missing.PreventionCheck.checked_at": "officer, as the police give it",
    "missing.LogEntry.at": "recorded_by: when what is logged happened",
    "missing.ReturnInterview.due_at": NOBODY + "computed from the return",
    "missing.ReportDraft.begun_at": "user",
    "missing.SentSheet.expires_at": "recorded_by: the end that was said when it was sent",
    "missing.SentSheet.opened_at": NOBODY + "somebody without an account",
    "meetings.Meeting.opened_at": "recorded_by",
}
# Partners that the database pairs by another rule than "both or neither".
PAIRED_OTHERWISE = {
    "missing.ReturnInterview.offered_at": "an import knows when it was offered, not by whom",
}


def _moments() -> Iterator[tuple[str, type[Model], str]]:
    for model in models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, DateTimeField) and (
                field.name == "at" or field.name.endswith("_at")
            ):
                yield f"{model._meta.label}.{field.name}", model, field.name


def _partner(name: str) -> str:
    return "by" if name == "at" else name.removesuffix("_at") + "_by"


def test_every_moment_has_its_person() -> None:
    alone = [
        label
        for label, model, name in _moments()
        if _partner(name) not in {each.name for each in model._meta.local_concrete_fields}
        and label not in WITHOUT_A_PARTNER
    ]

    assert not alone, (
        "Add the partner (x_by beside x_at) with a CheckConstraint, or name the column in "
        f"WITHOUT_A_PARTNER with who it was: {alone}"
    )


def test_no_moment_is_excused_in_vain() -> None:
    labels = {label for label, _, _ in _moments()}

    assert labels >= WITHOUT_A_PARTNER.keys() | PAIRED_OTHERWISE.keys(), (
        f"Strike: {(WITHOUT_A_PARTNER.keys() | PAIRED_OTHERWISE.keys()) - labels}"
    )


def test_the_database_keeps_moment_and_person_together(db: None) -> None:
    del db
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype = 'c' AND connamespace = 'public'::regnamespace"
        )
        checks = cursor.fetchall()
    apart = []
    for label, model, name in _moments():
        columns = {each.name: each for each in model._meta.local_concrete_fields}
        partner = columns.get(_partner(name))
        if partner is None or label in PAIRED_OTHERWISE:
            continue
        if not columns[name].null and not partner.null:
            continue
        if not any(
            table == model._meta.db_table
            and f"{name} IS" in check
            and f"{partner.column} IS" in check
            for table, check in checks
        ):
            apart.append(f"{label} and {partner.name}")

    assert not apart, f"Add a CheckConstraint that both are empty or neither is: {apart}"
