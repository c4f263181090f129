"""The terms whose breaking nobody can notice, each with its reason: a closed list.

`./harbour check policies` fails when one of these is noticed after all, and when a term that nobody
notices is not here.
"""

OWN_STANDINGS = (
    "A policy reads people_standing as the asker does, and she reads the standings of her own "
    "audiences alone (standing_read). It stays, so that nobody reads keys the day standings open."
)
NO_LEAVE = (
    "The application has no leave to change the columns this asks about, so what USING let in "
    "still holds. It stays, so that a wider grant moves no row to somebody else."
)
UNNOTICED = {
    "approvals_proposal.proposal_decide, "
    "USING: (proposed_by_id <> ( SELECT harbour_sec.uid() AS uid))": (
        "Her own undecided proposal is reached by who takes it back (proposal_own), and what may "
        "be written of several policies is added up. That nobody approves her own is kept by the "
        "check approvals_proposal_takes_two and by the trigger proposal_holds, whoever writes."
    ),
    "attachments_filekey.key_add, WITH CHECK: (s.audience = ANY "
    "(( SELECT harbour_sec.audiences(''::text) AS audiences)::text[]))": OWN_STANDINGS,
    "attachments_filekey.key_read, USING: (s.audience = ANY "
    "(( SELECT harbour_sec.audiences(''::text) AS audiences)::text[]))": OWN_STANDINGS,
    "audit_witness.witness_end, WITH CHECK: "
    "( SELECT harbour_sec.holds('witnesses:write'::text) AS holds)": (
        "USING asks the same of the asker before the row is changed, and an answer about the asker "
        "is the same for the row afterwards."
    ),
    "meetings_meeting.meeting_change, WITH CHECK: everything": NO_LEAVE,
    "sharing_request.request_read, USING: (person_id IS NULL)": (
        "A request that names no child is held back by no restriction: identity_held_back(NULL) "
        "is false already. It says so to who reads the policy, and spares the call."
    ),
    "sharing_share.share_withdrawn, WITH CHECK: everything": NO_LEAVE,
}
