"""Every role, every table, every verb, every relation: the database against the page of rules."""

import pytest
from django.db import connection

from harbour.foundation.access import visibility
from harbour.foundation.access.roles import ROLES
from tests.matrix import ground as grounds
from tests.matrix import rows, table
from tests.matrix.decisions import Asked, mismatches
from tests.matrix.world import invent

LEAST_DECISIONS = 30_000

NOT_A_CHILDS = {
    "people_person": "asked with its own verbs below",
    "people_standing": "the child's side itself: asked in test_standings",
    "people_statedreason": "a person's own: asked in tests/record/people/test_reasons.py",
    "access_holding": "who holds which role: no child",
    "entrance_activation": "codes for a first password: asked in tests/hub/test_sign_in_help.py",
    "entrance_notice": "a person's own: asked in tests/hub/test_sign_in_help.py",
    "entrance_identitymapping": "which group of a provider gives which role: no child",
    "access_rolegrant": "what a role reaches: no child",
    "agencies_agency": "no personal data",
    "agencies_team": "no personal data",
    "agencies_remit": "no personal data",
    "approvals_proposal": "asked in tests/foundation/approvals",
    "audit_alert": "asked in tests/foundation/audit/test_breadth.py",
    "audit_breadthlimit": "limits, no person",
    "audit_unrelated": "asked in tests/foundation/audit/test_breadth.py",
    "oversight_ledgercheck": "asked in tests/hub/test_oversight.py",
    "audit_entry": "asked in tests/foundation/audit",
    "audit_seal": "asked in tests/foundation/audit",
    "audit_witness": "asked in tests/foundation/audit",
    "audit_signingkey": "asked in tests/foundation/audit",
    "audit_signedroot": "asked in tests/foundation/audit",
    "audit_delivery": "asked in tests/foundation/audit",
    "attachments_content": "asked in tests/record/attachments: follows its document",
    "attachments_filekey": "asked in tests/record/attachments: whoever may know of the child",
    "subject_access_accessrequest": "asked in tests/hub/subject_access",
    "subject_access_clockstop": "asked in tests/hub/subject_access",
    "subject_access_redaction": "asked in tests/hub/subject_access",
    "subject_access_release": "asked in tests/hub/subject_access: takes two people",
    "reporting_missingcount": "numbers: asked in tests/reporting/test_populations.py",
    "retention_rule": "the schedule, no person",
    "retention_hold": "asked in tests/hub/retention: for those who keep the schedule",
    "retention_longer": "asked in tests/hub/retention",
    "retention_due": "asked in tests/hub/retention",
    "retention_tombstone": "asked in tests/hub/retention: ids of what is gone",
    "ui_submission": "a person's own forms",
    "places_place": "asked in test_no_childs_rows",
    "providers_home": "asked in test_no_childs_rows",
    "providers_homechange": "asked in tests/record/providers/test_register.py",
    "providers_contact": "no child: asked in tests/record/providers/test_directory.py",
    "providers_adjoining": "no person: asked in tests/record/providers/test_distance.py",
    "hosting_notification": "asked in tests/work/hosting: nobody's until it is taken in",
    "hosting_chase": "asked in tests/work/hosting: who asked and who was asked",
    "hosting_pack": "no personal data: asked in tests/work/hosting",
    "hosting_packsent": "no child: asked in tests/work/hosting",
    "network_countyline": "asked in test_no_childs_rows",
    "emergency_bankholiday": "no personal data",
    "emergency_attempt": "a person's own tries: asked in tests/record/emergency",
    "emergency_breakglass": "who broke, who reviews: asked in tests/record/emergency",
    "emergency_review": "who reviews: asked in tests/record/emergency",
    "sharing_agreement": "no personal data: asked in tests/record/sharing",
    "sharing_request": "who asks and who is asked: in tests/record/sharing",
    "sharing_answer": "who asks and who is asked: in tests/record/sharing",
    "awareness_outreach": "counts, no person",
    "assessments_tool": "no personal data",
    "assessments_toolversion": "no personal data",
    "cases_gradescale": "no personal data",
    "meetings_meeting": "asked in test_no_childs_rows",
    "meetings_attendance": "asked in test_no_childs_rows",
    "meetings_superseded": "asked in tests/hub",
    "home_look": "a person's own: when she last looked",
    "restrictions_restriction": "who is named: asked in tests/record/restrictions",
    "restrictions_named": "who is named: asked in tests/record/restrictions",
    "restrictions_lookout": "the owner's own: asked in tests/record/restrictions",
    "reporting_break": "a note on a series of figures, no person",
    "missing_reportdraft": "a person's own drafts: asked in tests/work/missing",
    "missing_profile": "open to the police only while missing: asked in tests/work/missing",
    "missing_repeatrule": "configuration, no person",
    "missing_interviewanswer": "read with its interview: asked in tests/work/returns",
    "missing_preventioncheck": "closed to the home: asked in tests/work/returns",
    "discussions_heldwithin": "configuration, no person",
    "discussions_discussion": "open to whom it invites: asked in tests/work/discussions",
    "discussions_invitation": "open to whom it invites: asked in tests/work/discussions",
    "discussions_decision": "open to whom it invites: asked in tests/work/discussions",
    "discussions_ask": "made by the database alone: asked in tests/work/discussions",
    "returns_addition": "read with its interview: asked in tests/work/returns",
    "returns_review": "read with its interview: asked in tests/work/returns",
    "returns_onward": "read with its interview: asked in tests/work/returns",
    "returns_named": "read with its interview: asked in tests/work/returns",
    "returns_judgement": "read with its name: asked in tests/work/returns",
    "meetings_agencyview": "asked in tests/hub: private until revealed",
}


@pytest.mark.parametrize("seed", [11, 12])
def test_the_database_decides_as_the_page_says(ground, holders, seed):
    world = grounds.populate(ground, invent(ground.cast, seed))
    asked = Asked(ground=ground, world=world, tables=rows.TABLES)

    found = list(mismatches(asked, holders, grounds.acting))

    assert found == []
    assert asked.tally.decisions >= LEAST_DECISIONS


def test_every_role_of_the_code_stands_on_the_page_with_the_same_parts():
    for role in ROLES:
        if role.code not in table.roles():
            assert not role.reads, (
                f"{role.code} reads parts of a record: add its line to docs/visibility.md"
            )
            continue
        rule = table.roles()[role.code]
        assert {each.value for each in role.reads} == rule.reads, role.code
        assert {each.value for each in role.writes} == rule.writes, role.code


def test_every_table_with_policies_is_asked_somewhere(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tablename FROM pg_policies WHERE schemaname = 'public'")
        there = {name for (name,) in cursor.fetchall()}
    asked = {each.name for each in rows.TABLES} | NOT_A_CHILDS.keys()
    asked |= {
        name
        for name in there
        if name.startswith(("referrals_", "linkage_", "ssda903_", "police_missing_"))
    }

    assert there - asked == set(), (
        "Add the table to tests/matrix/rows.py, or say here where it is asked."
    )


def test_the_page_tells_what_the_policies_declare(db):
    there = table.PAGE.read_text(encoding="utf-8")

    assert visibility.page() in there, (
        "Run `./harbour manage visibility --write docs/visibility.md`, and read what changed."
    )


def test_each_part_of_a_record_is_guarded_as_the_page_says(db):
    declared = {each.table: each for each in visibility.lines()}

    for asked in rows.TABLES:
        said = declared[asked.name]
        if "audiences of parts" in said.read:
            continue  # each row names its own part
        assert asked.facet in said.read.split(", "), asked.name
        assert f"{asked.facet} (w)" in said.add.split(", "), asked.name
