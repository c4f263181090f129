-- What the columns of an extract mean names no child: it stands open to those who read about missing children of the
-- authority; those who keep its returns say it.
ALTER TABLE police_missing_columnmapping ENABLE ROW LEVEL SECURITY;
ALTER TABLE police_missing_columnmapping FORCE ROW LEVEL SECURITY;
REVOKE ALL ON police_missing_columnmapping FROM harbour_app;
GRANT SELECT, INSERT ON police_missing_columnmapping TO harbour_app;
DROP POLICY IF EXISTS mapping_read ON police_missing_columnmapping;
CREATE POLICY mapping_read ON police_missing_columnmapping FOR SELECT TO harbour_app
    USING ('authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('missing'))::text[]));
DROP POLICY IF EXISTS mapping_add ON police_missing_columnmapping;
CREATE POLICY mapping_add ON police_missing_columnmapping FOR INSERT TO harbour_app WITH CHECK (
    recorded_by_id = (SELECT harbour_sec.uid()) AND (SELECT harbour_sec.holds('may:returns'))
    AND 'authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('missing:write'))::text[]));

-- A run names no child either; the import writes it.
ALTER TABLE police_missing_extractrun ENABLE ROW LEVEL SECURITY;
ALTER TABLE police_missing_extractrun FORCE ROW LEVEL SECURITY;
REVOKE ALL ON police_missing_extractrun FROM harbour_app;
GRANT SELECT, INSERT ON police_missing_extractrun TO harbour_app;
DROP POLICY IF EXISTS extract_read ON police_missing_extractrun;
CREATE POLICY extract_read ON police_missing_extractrun FOR SELECT TO harbour_app
    USING ('authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('missing'))::text[]));
DROP POLICY IF EXISTS extract_add ON police_missing_extractrun;
CREATE POLICY extract_add ON police_missing_extractrun FOR INSERT TO harbour_app WITH CHECK (
    recorded_by_id = (SELECT harbour_sec.uid()) AND (SELECT harbour_sec.holds('may:import'))
    AND 'authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('missing:write'))::text[]));

-- What was found in a row of a known child opens with what is told of the child's missing episodes; the row of nobody
-- known, which may name anybody, to those who keep the authority's returns.
ALTER TABLE police_missing_rowfinding ENABLE ROW LEVEL SECURITY;
ALTER TABLE police_missing_rowfinding FORCE ROW LEVEL SECURITY;
REVOKE ALL ON police_missing_rowfinding FROM harbour_app;
GRANT SELECT, INSERT ON police_missing_rowfinding TO harbour_app;
DROP POLICY IF EXISTS finding_read ON police_missing_rowfinding;
CREATE POLICY finding_read ON police_missing_rowfinding FOR SELECT TO harbour_app USING (
    person_id IS NULL AND (SELECT harbour_sec.holds('may:returns'))
        AND 'authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('missing'))::text[])
    OR EXISTS (SELECT 1 FROM people_standing s WHERE s.person_id = police_missing_rowfinding.person_id
        AND s.audience = ANY ((SELECT harbour_sec.audiences('missing'))::text[]) AND 'missing' = ANY (s.facets)
        AND s.starts_at <= statement_timestamp()
        AND (s.ends_at IS NULL OR s.ends_at > statement_timestamp())));
DROP POLICY IF EXISTS finding_add ON police_missing_rowfinding;
CREATE POLICY finding_add ON police_missing_rowfinding FOR INSERT TO harbour_app WITH CHECK (
    (SELECT harbour_sec.holds('may:import'))
    AND 'authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('missing:write'))::text[]));
