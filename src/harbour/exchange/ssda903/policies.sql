-- The facts open by a standing like every part of a child's record. Health, offending and asylum are
-- as sensitive as an assessment, so they open with it and not with the placement: a home does not see them.
SELECT harbour_sec.protect('ssda903_review', 'person_id', 'placement', 'SELECT, INSERT');
SELECT harbour_sec.protect('ssda903_healthyear', 'person_id', 'assessment');
SELECT harbour_sec.protect('ssda903_unaccompanied', 'person_id', 'assessment');
SELECT harbour_sec.protect('ssda903_motherhood', 'person_id', 'assessment');

-- A run names no child: it stands open to those who see placements for the authority.
ALTER TABLE ssda903_importrun ENABLE ROW LEVEL SECURITY;
ALTER TABLE ssda903_importrun FORCE ROW LEVEL SECURITY;
REVOKE ALL ON ssda903_importrun FROM harbour_app;
GRANT SELECT, INSERT ON ssda903_importrun TO harbour_app;
DROP POLICY IF EXISTS run_read ON ssda903_importrun;
CREATE POLICY run_read ON ssda903_importrun FOR SELECT TO harbour_app
    USING ('authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('placement'))::text[]));
DROP POLICY IF EXISTS run_add ON ssda903_importrun;
CREATE POLICY run_add ON ssda903_importrun FOR INSERT TO harbour_app WITH CHECK (
    recorded_by_id = (SELECT harbour_sec.uid())
    AND 'authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('placement:write'))::text[]));

-- A flag of a child's row opens with the child's assessments, since its value may be any cell of any
-- table; a flag of a row without a child, to those who see assessments for the authority.
ALTER TABLE ssda903_flag ENABLE ROW LEVEL SECURITY;
ALTER TABLE ssda903_flag FORCE ROW LEVEL SECURITY;
REVOKE ALL ON ssda903_flag FROM harbour_app;
GRANT SELECT, INSERT ON ssda903_flag TO harbour_app;
DROP POLICY IF EXISTS flag_read ON ssda903_flag;
CREATE POLICY flag_read ON ssda903_flag FOR SELECT TO harbour_app USING (
    person_id IS NULL AND 'authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('assessment'))::text[])
    OR EXISTS (SELECT 1 FROM people_standing s WHERE s.person_id = ssda903_flag.person_id
        AND s.audience = ANY ((SELECT harbour_sec.audiences('assessment'))::text[]) AND 'assessment' = ANY (s.facets)
        AND s.starts_at <= statement_timestamp()
        AND (s.ends_at IS NULL OR s.ends_at > statement_timestamp())));
DROP POLICY IF EXISTS flag_add ON ssda903_flag;
CREATE POLICY flag_add ON ssda903_flag FOR INSERT TO harbour_app WITH CHECK (
    'authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('assessment:write'))::text[])
    AND (person_id IS NULL
        OR EXISTS (SELECT 1 FROM people_standing s WHERE s.person_id = ssda903_flag.person_id
            AND s.audience = ANY ((SELECT harbour_sec.audiences('assessment:write'))::text[])
            AND 'assessment' = ANY (s.facets) AND s.writes
            AND s.starts_at <= statement_timestamp()
            AND (s.ends_at IS NULL OR s.ends_at > statement_timestamp()))));
