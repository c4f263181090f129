-- Agencies, teams and remits hold no personal data: readable by all who are signed in to the
-- database as the application, changed only through migrations and the set-up commands.
GRANT SELECT ON agencies_agency, agencies_team, agencies_remit TO harbour_app;
GRANT INSERT, UPDATE ON agencies_agency, agencies_team, agencies_remit TO harbour_app;
ALTER TABLE agencies_agency ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_agency FORCE ROW LEVEL SECURITY;
ALTER TABLE agencies_team ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_team FORCE ROW LEVEL SECURITY;
ALTER TABLE agencies_remit ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_remit FORCE ROW LEVEL SECURITY;

DROP POLICY IF EXISTS agencies_read ON agencies_agency;
CREATE POLICY agencies_read ON agencies_agency FOR SELECT TO harbour_app USING (true);
DROP POLICY IF EXISTS agencies_read ON agencies_team;
CREATE POLICY agencies_read ON agencies_team FOR SELECT TO harbour_app USING (true);
DROP POLICY IF EXISTS agencies_read ON agencies_remit;
CREATE POLICY agencies_read ON agencies_remit FOR SELECT TO harbour_app USING (true);
-- Only the system administrator's role writes; harbour_sec.holds() is made by the access room.
DROP POLICY IF EXISTS agencies_write ON agencies_agency;
CREATE POLICY agencies_write ON agencies_agency FOR INSERT TO harbour_app
    WITH CHECK ((SELECT harbour_sec.holds('agencies:write')));
-- Who keeps the register of homes may add a home or other provider that nobody knew yet, and no other agency.
DROP POLICY IF EXISTS agencies_add_home ON agencies_agency;
CREATE POLICY agencies_add_home ON agencies_agency FOR INSERT TO harbour_app
    WITH CHECK (kind = 'home' AND NOT partner AND NOT covered_by_s115
                AND (SELECT harbour_sec.holds('placement:write')));
DROP POLICY IF EXISTS agencies_change ON agencies_agency;
CREATE POLICY agencies_change ON agencies_agency FOR UPDATE TO harbour_app
    USING ((SELECT harbour_sec.holds('agencies:write')));
DROP POLICY IF EXISTS agencies_write ON agencies_team;
CREATE POLICY agencies_write ON agencies_team FOR INSERT TO harbour_app
    WITH CHECK ((SELECT harbour_sec.holds('agencies:write')));
DROP POLICY IF EXISTS agencies_change ON agencies_team;
CREATE POLICY agencies_change ON agencies_team FOR UPDATE TO harbour_app
    USING ((SELECT harbour_sec.holds('agencies:write')));
DROP POLICY IF EXISTS agencies_write ON agencies_remit;
CREATE POLICY agencies_write ON agencies_remit FOR INSERT TO harbour_app
    WITH CHECK ((SELECT harbour_sec.holds('agencies:write')));
DROP POLICY IF EXISTS agencies_change ON agencies_remit;
CREATE POLICY agencies_change ON agencies_remit FOR UPDATE TO harbour_app
    USING ((SELECT harbour_sec.holds('agencies:write')));
