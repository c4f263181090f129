-- Sharing: what agencies agreed, what was asked, shared and declined, and what every share rests on.

SET LOCAL ROLE harbour_sec_owner;

-- Whether the newest version of an agreement is in force today and covers a share: the child's responsible or host
-- authority and the recipient are parties, and purpose, gateway, parts and end lie within it.
CREATE OR REPLACE FUNCTION harbour_sec.agreement_covers(
    p_agreement uuid, p_person uuid, p_agency uuid, p_purpose text, p_gateway text, p_facets text[],
    p_until timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_today date := (statement_timestamp() AT TIME ZONE 'Europe/London')::date;
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM sharing_agreement named
        JOIN sharing_agreement a ON a.series = named.series
            AND NOT EXISTS (SELECT 1 FROM sharing_agreement newer WHERE newer.supersedes_id = a.id)
        WHERE named.id = p_agreement AND a.state = 'in_force'
          AND a.starts_on <= v_today AND (a.ends_on IS NULL OR a.ends_on >= v_today
              AND p_until <= ((a.ends_on + 1)::timestamp AT TIME ZONE 'Europe/London'))
          AND p_agency = ANY (a.parties) AND p_purpose = ANY (a.purposes) AND p_gateway = ANY (a.gateways)
          AND p_facets <@ (a.facets || 'identity'::text)
          AND EXISTS (
              SELECT 1 FROM people_standing s
              WHERE s.person_id = p_person AND s.basis IN ('responsible', 'host')
                AND s.starts_at <= statement_timestamp()
                AND (s.ends_at IS NULL OR s.ends_at > statement_timestamp())
                AND split_part(s.audience, ':', 2)::uuid = ANY (a.parties)));
END $$;

-- What a share rests on: an agreement that covers it, or a decision for this child alone that is soon over.
CREATE OR REPLACE FUNCTION harbour_sec.share_has_ground(
    p_agreement uuid, p_person uuid, p_agency uuid, p_purpose text, p_gateway text, p_facets text[],
    p_until timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF p_agreement IS NULL THEN
        RETURN coalesce(p_until <= statement_timestamp() + interval '28 days 5 minutes', false);
    END IF;
    RETURN harbour_sec.agreement_covers(p_agreement, p_person, p_agency, p_purpose, p_gateway, p_facets, p_until);
END $$;

-- Whether a standing is the one that a share gives: for its agency, no more parts, no longer, for reading only.
CREATE OR REPLACE FUNCTION harbour_sec.share_gives(
    p_share uuid, p_person uuid, p_audience text, p_facets text[], p_writes boolean, p_until timestamptz)
RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN NOT p_writes AND EXISTS (
        SELECT 1 FROM sharing_share s
        WHERE s.id = p_share AND s.person_id = p_person AND 'agency:' || s.agency_id = p_audience
          AND p_facets <@ s.facets AND s.withdrawn_at IS NULL
          AND (s.expires_at IS NULL OR p_until <= s.expires_at)
          AND harbour_sec.share_has_ground(
              s.agreement_id, s.person_id, s.agency_id, s.purpose, s.gateway, s.facets, s.expires_at));
END $$;

-- Crime and Disorder Act 1998 s115 reaches relevant authorities; a voluntary body is none, whoever writes the row.
CREATE OR REPLACE FUNCTION harbour_sec.share_within_s115() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.gateway = 'cda1998_s115' AND NOT EXISTS (
        SELECT 1 FROM agencies_agency a
        WHERE a.id = NEW.agency_id AND a.covered_by_s115 AND a.kind <> 'voluntary')
    THEN
        RAISE EXCEPTION 'section 115 does not reach this agency' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- A new version of an agreement takes effect at the next statement: what it no longer covers ends with it.
CREATE OR REPLACE FUNCTION harbour_sec.agreement_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_last timestamptz := (NEW.ends_on + 1)::timestamp AT TIME ZONE 'Europe/London';
    v_ended uuid[];
BEGIN
    IF NEW.state = 'in_force' AND v_last > statement_timestamp() THEN
        UPDATE sharing_share s SET expires_at = v_last FROM sharing_agreement a
        WHERE a.id = s.agreement_id AND a.series = NEW.series AND s.withdrawn_at IS NULL
          AND coalesce(s.expires_at, 'infinity') > v_last;
        UPDATE people_standing t SET ends_at = v_last
        FROM sharing_share s JOIN sharing_agreement a ON a.id = s.agreement_id
        WHERE t.because_id = s.id AND a.series = NEW.series AND coalesce(t.ends_at, 'infinity') > v_last;
    END IF;
    WITH ended AS (
        UPDATE sharing_share s SET withdrawn_at = statement_timestamp(), withdrawn_by_id = NEW.recorded_by_id,
            ended_with_id = NEW.id,
            withdrawn_reason = CASE NEW.state WHEN 'in_force' THEN 'The agreement was changed and no longer covers it.'
                ELSE 'The agreement was ' || NEW.state || ': ' || NEW.state_reason END
        FROM sharing_agreement a
        WHERE a.id = s.agreement_id AND a.series = NEW.series AND s.withdrawn_at IS NULL
          AND (s.expires_at IS NULL OR s.expires_at > statement_timestamp())
          AND NOT harbour_sec.agreement_covers(
              NEW.id, s.person_id, s.agency_id, s.purpose, s.gateway, s.facets, s.expires_at)
        RETURNING s.id)
    SELECT array_agg(id) INTO v_ended FROM ended;
    UPDATE people_standing SET ends_at = greatest(starts_at, statement_timestamp()), ended_by_id = NEW.recorded_by_id
    WHERE because_id = ANY (v_ended) AND (ends_at IS NULL OR ends_at > statement_timestamp());
    RETURN NULL;
END $$;

-- Whose shares ended with a version of an agreement: for the ledger row of who wrote that version.
CREATE OR REPLACE FUNCTION harbour_sec.ended_with_agreement(p_agreement uuid) RETURNS TABLE (person_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT DISTINCT s.person_id FROM sharing_share s JOIN sharing_agreement a ON a.id = s.ended_with_id
    WHERE a.id = p_agreement AND a.recorded_by_id = harbour_sec.uid();
END $$;

-- Whether a restriction keeps back who a person is: then what was asked about her is nowhere either.
CREATE OR REPLACE FUNCTION harbour_sec.identity_held_back(p_person uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM people_standing s WHERE s.person_id = p_person
        AND 'identity' = ANY (s.granted) AND NOT 'identity' = ANY (s.facets)
        AND (s.ends_at IS NULL OR s.ends_at > statement_timestamp()));
END $$;

-- Whether the reader answers for the authority that was asked.
CREATE OR REPLACE FUNCTION harbour_sec.answers_request(p_request uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM sharing_request r WHERE r.id = p_request
        AND 'authority:' || r.authority_id = ANY (harbour_sec.audiences('sharing:write'))
        AND (r.person_id IS NULL OR harbour_sec.may_see(r.person_id, 'sharing:write')));
END $$;

REVOKE ALL ON FUNCTION
    harbour_sec.agreement_covers(uuid, uuid, uuid, text, text, text[], timestamptz),
    harbour_sec.share_has_ground(uuid, uuid, uuid, text, text, text[], timestamptz),
    harbour_sec.share_gives(uuid, uuid, text, text[], boolean, timestamptz),
    harbour_sec.share_within_s115(), harbour_sec.agreement_changed(),
    harbour_sec.ended_with_agreement(uuid), harbour_sec.answers_request(uuid),
    harbour_sec.identity_held_back(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    harbour_sec.agreement_covers(uuid, uuid, uuid, text, text, text[], timestamptz),
    harbour_sec.share_has_ground(uuid, uuid, uuid, text, text, text[], timestamptz),
    harbour_sec.share_gives(uuid, uuid, text, text[], boolean, timestamptz),
    harbour_sec.ended_with_agreement(uuid), harbour_sec.answers_request(uuid),
    harbour_sec.identity_held_back(uuid) TO harbour_app;
GRANT EXECUTE ON FUNCTION harbour_sec.share_within_s115(), harbour_sec.agreement_changed() TO harbour_owner;
SET LOCAL ROLE harbour_owner;

-- Agreements hold no personal data: everybody who signs in reads them, and nothing of them is ever rewritten.
ALTER TABLE sharing_agreement ENABLE ROW LEVEL SECURITY;
ALTER TABLE sharing_agreement FORCE ROW LEVEL SECURITY;
REVOKE ALL ON sharing_agreement FROM harbour_app;
GRANT SELECT, INSERT ON sharing_agreement TO harbour_app;
DROP POLICY IF EXISTS agreement_read ON sharing_agreement;
CREATE POLICY agreement_read ON sharing_agreement FOR SELECT TO harbour_app
    USING ((SELECT harbour_sec.uid()) IS NOT NULL);
DROP POLICY IF EXISTS agreement_add ON sharing_agreement;
CREATE POLICY agreement_add ON sharing_agreement FOR INSERT TO harbour_app WITH CHECK (
    recorded_by_id = (SELECT harbour_sec.uid()) AND (SELECT harbour_sec.holds('may:agreement.keep')));
DROP TRIGGER IF EXISTS agreement_changed ON sharing_agreement;
CREATE TRIGGER agreement_changed AFTER INSERT ON sharing_agreement
    FOR EACH ROW EXECUTE FUNCTION harbour_sec.agreement_changed();

SELECT harbour_sec.protect('sharing_share', 'person_id', 'sharing', 'SELECT, INSERT');
-- Of a share, only that it was taken back is ever written later, and once.
GRANT UPDATE (withdrawn_at, withdrawn_by_id, withdrawn_reason) ON sharing_share TO harbour_app;
DROP POLICY IF EXISTS share_withdrawn ON sharing_share;
CREATE POLICY share_withdrawn ON sharing_share FOR UPDATE TO harbour_app
    USING (withdrawn_at IS NULL AND harbour_sec.may_see(person_id, 'sharing:write'))
    WITH CHECK (harbour_sec.may_see(person_id, 'sharing:write'));
DROP POLICY IF EXISTS share_rests_on ON sharing_share;
CREATE POLICY share_rests_on ON sharing_share AS RESTRICTIVE FOR INSERT TO harbour_app WITH CHECK (
    harbour_sec.share_has_ground(agreement_id, person_id, agency_id, purpose, gateway, facets, expires_at));
DROP TRIGGER IF EXISTS share_within_s115 ON sharing_share;
CREATE TRIGGER share_within_s115 BEFORE INSERT OR UPDATE ON sharing_share
    FOR EACH ROW EXECUTE FUNCTION harbour_sec.share_within_s115();

-- A standing with an agency exists because of a share or a placement; one of a share is what the share gives.
DROP POLICY IF EXISTS standing_of_a_share ON people_standing;
CREATE POLICY standing_of_a_share ON people_standing AS RESTRICTIVE FOR INSERT TO harbour_app WITH CHECK (
    CASE basis WHEN 'shared'
        THEN harbour_sec.share_gives(because_id, person_id, audience, facets, writes, ends_at)
        ELSE basis = 'placed' OR audience NOT LIKE 'agency:%' END);

SELECT harbour_sec.protect('sharing_decline', 'person_id', 'sharing', 'SELECT, INSERT');

-- A request is read by the agency that asked and by the partnership that was asked, by nobody else.
ALTER TABLE sharing_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE sharing_request FORCE ROW LEVEL SECURITY;
REVOKE ALL ON sharing_request FROM harbour_app;
GRANT SELECT, INSERT ON sharing_request TO harbour_app;
DROP POLICY IF EXISTS request_read ON sharing_request;
CREATE POLICY request_read ON sharing_request FOR SELECT TO harbour_app USING (
    'agency:' || agency_id = ANY ((SELECT harbour_sec.audiences(''))::text[])
       AND (person_id IS NULL OR NOT harbour_sec.identity_held_back(person_id))
    OR 'authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('sharing'))::text[])
       AND (person_id IS NULL OR harbour_sec.may_see(person_id, 'sharing')));
DROP POLICY IF EXISTS request_add ON sharing_request;
CREATE POLICY request_add ON sharing_request FOR INSERT TO harbour_app WITH CHECK (
    recorded_by_id = (SELECT harbour_sec.uid()) AND (SELECT harbour_sec.holds('may:share.ask'))
    AND 'agency:' || agency_id = ANY ((SELECT harbour_sec.audiences(''))::text[])
    AND (person_id IS NULL OR harbour_sec.may_see(person_id, 'identity')));

ALTER TABLE sharing_answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE sharing_answer FORCE ROW LEVEL SECURITY;
REVOKE ALL ON sharing_answer FROM harbour_app;
GRANT SELECT, INSERT ON sharing_answer TO harbour_app;
DROP POLICY IF EXISTS answer_read ON sharing_answer;
CREATE POLICY answer_read ON sharing_answer FOR SELECT TO harbour_app
    USING (EXISTS (SELECT 1 FROM sharing_request r WHERE r.id = sharing_answer.request_id));
DROP POLICY IF EXISTS answer_add ON sharing_answer;
CREATE POLICY answer_add ON sharing_answer FOR INSERT TO harbour_app WITH CHECK (
    recorded_by_id = (SELECT harbour_sec.uid()) AND harbour_sec.answers_request(request_id));
