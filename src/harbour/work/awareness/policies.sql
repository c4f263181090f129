-- Counts of visits, no person: readable by all who are signed in to the hub.
ALTER TABLE awareness_outreach ENABLE ROW LEVEL SECURITY;
ALTER TABLE awareness_outreach FORCE ROW LEVEL SECURITY;
REVOKE ALL ON awareness_outreach FROM harbour_app;
GRANT SELECT, INSERT ON awareness_outreach TO harbour_app;
DROP POLICY IF EXISTS outreach_read ON awareness_outreach;
CREATE POLICY outreach_read ON awareness_outreach FOR SELECT TO harbour_app
    USING ((SELECT harbour_sec.uid()) IS NOT NULL);
DROP POLICY IF EXISTS outreach_add ON awareness_outreach;
CREATE POLICY outreach_add ON awareness_outreach FOR INSERT TO harbour_app
    WITH CHECK (recorded_by_id = (SELECT harbour_sec.uid()));
