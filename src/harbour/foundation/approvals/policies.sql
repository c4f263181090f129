-- Two people (docs/decisions/0009-two-people.md): the proposer is never the approver, an approval is bound to exactly
-- one payload, is given once, and not after the proposal ran out.

SET LOCAL ROLE harbour_sec_owner;

-- What the second person must hold for each deed. The rooms register the same in Python, and a test compares the two:
-- to let another right suffice takes a migration.
CREATE OR REPLACE FUNCTION harbour_sec.right_to_approve(p_code text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE p_code
        WHEN 'erasure' THEN 'retention'
        WHEN 'oversight.export_names' THEN 'approve'
        WHEN 'restrictions.lift' THEN 'restrict'
        WHEN 'retention.dispose' THEN 'retention'
        WHEN 'retention.lift_hold' THEN 'retention'
        WHEN 'retention.override' THEN 'retention'
        WHEN 'staff.administrator' THEN 'users.approve'
        WHEN 'staff.sign_in_help' THEN 'users.approve'
        WHEN 'subject_access.release' THEN 'subject_access'
    END
$$;

-- What is written about a proposal, whoever writes it: also past every policy.
CREATE OR REPLACE FUNCTION harbour_sec.proposal_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_same boolean;
BEGIN
    IF NEW.payload_sha256 IS DISTINCT FROM sha256(convert_to(NEW.payload::text, 'UTF8')) THEN
        RAISE EXCEPTION 'The payload of a proposal is not what was proposed.' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.decision <> '' OR NEW.carried_out_at IS NOT NULL OR NEW.expires_at <= NEW.proposed_at
            OR NEW.expires_at > statement_timestamp() + interval '24 hours 5 minutes' THEN
            RAISE EXCEPTION 'A proposal begins undecided and stands a day.' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.approver IS DISTINCT FROM harbour_sec.right_to_approve(NEW.code) THEN
            RAISE EXCEPTION 'A proposal names the right that its deed needs.' USING ERRCODE = 'check_violation';
        END IF;
        NEW.carried_out_xid := NULL;
        RETURN NEW;
    END IF;
    v_same := (OLD.id, OLD.code, OLD.approver, OLD.payload, OLD.payload_sha256, OLD.person_id, OLD.about_kind,
            OLD.about_id, OLD.summary, OLD.reason, OLD.proposed_at, OLD.proposed_by_id, OLD.expires_at)
        IS NOT DISTINCT FROM (NEW.id, NEW.code, NEW.approver, NEW.payload, NEW.payload_sha256, NEW.person_id,
            NEW.about_kind, NEW.about_id, NEW.summary, NEW.reason, NEW.proposed_at, NEW.proposed_by_id, NEW.expires_at);
    IF NOT v_same THEN
        RAISE EXCEPTION 'What was proposed is not changed.' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.decision <> '' AND (
        OLD.decision <> 'approved' OR OLD.carried_out_at IS NOT NULL OR NEW.carried_out_at IS NULL
        OR (OLD.decision, OLD.decided_at, OLD.decided_by_id, OLD.note)
            IS DISTINCT FROM (NEW.decision, NEW.decided_at, NEW.decided_by_id, NEW.note)) THEN
        RAISE EXCEPTION 'A proposal is decided once and carried out once.' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.decision = '' AND (NEW.decision = ''
        OR current_user = 'harbour_app' AND NEW.decided_by_id IS DISTINCT FROM harbour_sec.uid()) THEN
        RAISE EXCEPTION 'Each decides in their own name.' USING ERRCODE = 'check_violation';
    END IF;
    -- The right is the deed's, whatever the row says.
    IF OLD.decision = '' AND NEW.decision <> 'withdrawn' AND current_user = 'harbour_app'
        AND harbour_sec.holds('may:' || harbour_sec.right_to_approve(OLD.code)) IS NOT TRUE THEN
        RAISE EXCEPTION 'Only who holds the right of a deed decides it.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.decision = 'approved' AND statement_timestamp() >= OLD.expires_at THEN
        RAISE EXCEPTION 'The proposal ran out.' USING ERRCODE = 'check_violation';
    END IF;
    NEW.carried_out_xid := CASE WHEN NEW.carried_out_at IS NULL THEN NULL
        ELSE (pg_current_xact_id()::text)::bigint END;
    RETURN NEW;
END $$;

-- Whether this very transaction carries out an approved deed, by the reader, whose payload says at least this:
-- what a policy or trigger of another room asks before it lets the deed through.
CREATE OR REPLACE FUNCTION harbour_sec.carrying_out(p_code text, p_payload jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM approvals_proposal p
        WHERE p.code = p_code AND p.decision = 'approved' AND p.payload @> p_payload
          AND p.carried_out_xid = (pg_current_xact_id_if_assigned()::text)::bigint
          AND harbour_sec.uid() IN (p.decided_by_id, p.proposed_by_id));
END $$;

-- Nobody becomes system administrator by one person's hand. Whoever sets up the installation is not the application.
CREATE OR REPLACE FUNCTION harbour_sec.administrator_takes_two() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.role = 'system_administrator' AND current_user = 'harbour_app'
        AND (TG_OP = 'INSERT' OR OLD.role IS DISTINCT FROM NEW.role OR OLD.user_id IS DISTINCT FROM NEW.user_id
             OR OLD.ends_on IS NOT NULL AND (NEW.ends_on IS NULL OR NEW.ends_on > OLD.ends_on))
        AND NOT harbour_sec.carrying_out('staff.administrator',
            jsonb_build_object('user_id', NEW.user_id, 'team_id', NEW.team_id)) THEN
        RAISE EXCEPTION 'It takes two people to make an administrator.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

REVOKE ALL ON FUNCTION harbour_sec.proposal_holds(), harbour_sec.carrying_out(text, jsonb),
    harbour_sec.administrator_takes_two(), harbour_sec.right_to_approve(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.carrying_out(text, jsonb), harbour_sec.right_to_approve(text)
    TO harbour_app, harbour_owner;
GRANT EXECUTE ON FUNCTION harbour_sec.proposal_holds(), harbour_sec.administrator_takes_two() TO harbour_owner;

SET LOCAL ROLE harbour_owner;

DROP TRIGGER IF EXISTS proposal_holds ON approvals_proposal;
CREATE TRIGGER proposal_holds BEFORE INSERT OR UPDATE ON approvals_proposal
    FOR EACH ROW EXECUTE FUNCTION harbour_sec.proposal_holds();
DROP TRIGGER IF EXISTS administrator_takes_two ON access_holding;
CREATE TRIGGER administrator_takes_two BEFORE INSERT OR UPDATE ON access_holding
    FOR EACH ROW EXECUTE FUNCTION harbour_sec.administrator_takes_two();
-- The second person need not keep people and roles herself: the approval is her right to this one row.
DROP POLICY IF EXISTS holding_add_approved ON access_holding;
CREATE POLICY holding_add_approved ON access_holding FOR INSERT TO harbour_app WITH CHECK (
    role = 'system_administrator' AND user_id <> (SELECT harbour_sec.uid())
    AND harbour_sec.carrying_out('staff.administrator',
        jsonb_build_object('user_id', user_id, 'team_id', team_id)));

ALTER TABLE approvals_proposal ENABLE ROW LEVEL SECURITY;
ALTER TABLE approvals_proposal FORCE ROW LEVEL SECURITY;
REVOKE ALL ON approvals_proposal FROM harbour_app;
GRANT SELECT, INSERT ON approvals_proposal TO harbour_app;
GRANT UPDATE (decision, decided_at, decided_by_id, note, carried_out_at) ON approvals_proposal TO harbour_app;
-- The proposer reads what she proposed; of others, who may decide it and sees the subject.
DROP POLICY IF EXISTS proposal_read ON approvals_proposal;
CREATE POLICY proposal_read ON approvals_proposal FOR SELECT TO harbour_app USING (
    proposed_by_id = (SELECT harbour_sec.uid())
    OR harbour_sec.holds('may:' || approver)
        AND (person_id IS NULL OR harbour_sec.may_see(person_id, 'identity')));
DROP POLICY IF EXISTS proposal_add ON approvals_proposal;
CREATE POLICY proposal_add ON approvals_proposal FOR INSERT TO harbour_app WITH CHECK (
    proposed_by_id = (SELECT harbour_sec.uid())
    AND (person_id IS NULL OR harbour_sec.may_see(person_id, 'identity')));
-- Another decides; the proposer takes back, and uses once what she was allowed.
DROP POLICY IF EXISTS proposal_decide ON approvals_proposal;
CREATE POLICY proposal_decide ON approvals_proposal FOR UPDATE TO harbour_app
    USING (proposed_by_id <> (SELECT harbour_sec.uid()) AND decision = ''
        AND harbour_sec.holds('may:' || approver)
        AND (person_id IS NULL OR harbour_sec.may_see(person_id, 'identity')))
    WITH CHECK (decided_by_id = (SELECT harbour_sec.uid()) AND decision <> 'withdrawn');
DROP POLICY IF EXISTS proposal_own ON approvals_proposal;
CREATE POLICY proposal_own ON approvals_proposal FOR UPDATE TO harbour_app
    USING (proposed_by_id = (SELECT harbour_sec.uid()) AND decision IN ('', 'approved'))
    WITH CHECK (proposed_by_id = (SELECT harbour_sec.uid()) AND decision IN ('withdrawn', 'approved'));
