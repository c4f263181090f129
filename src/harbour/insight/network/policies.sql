-- Lines are read by those who read cases, and written by those who write them.
ALTER TABLE network_countyline ENABLE ROW LEVEL SECURITY;
ALTER TABLE network_countyline FORCE ROW LEVEL SECURITY;
REVOKE ALL ON network_countyline FROM harbour_app;
GRANT SELECT, INSERT, UPDATE ON network_countyline TO harbour_app;
DROP POLICY IF EXISTS line_read ON network_countyline;
CREATE POLICY line_read ON network_countyline FOR SELECT TO harbour_app
    USING ('authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('case'))::text[]));
DROP POLICY IF EXISTS line_add ON network_countyline;
CREATE POLICY line_add ON network_countyline FOR INSERT TO harbour_app
    WITH CHECK ('authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('case:write'))::text[]));
DROP POLICY IF EXISTS line_change ON network_countyline;
CREATE POLICY line_change ON network_countyline FOR UPDATE TO harbour_app
    USING ('authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('case:write'))::text[]))
    WITH CHECK ('authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('case:write'))::text[]));
