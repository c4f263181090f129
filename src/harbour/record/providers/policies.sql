-- Homes hold no child's data; placements open by a standing.
ALTER TABLE providers_home ENABLE ROW LEVEL SECURITY;
ALTER TABLE providers_home FORCE ROW LEVEL SECURITY;
REVOKE ALL ON providers_home FROM harbour_app;
GRANT SELECT, INSERT, UPDATE ON providers_home TO harbour_app;
DROP POLICY IF EXISTS home_read ON providers_home;
CREATE POLICY home_read ON providers_home FOR SELECT TO harbour_app
    USING ((SELECT harbour_sec.holds('placement')) OR (SELECT harbour_sec.holds('agencies:write')));
DROP POLICY IF EXISTS home_add ON providers_home;
CREATE POLICY home_add ON providers_home FOR INSERT TO harbour_app
    WITH CHECK ((SELECT harbour_sec.holds('placement:write')));
DROP POLICY IF EXISTS home_change ON providers_home;
CREATE POLICY home_change ON providers_home FOR UPDATE TO harbour_app
    USING ((SELECT harbour_sec.holds('placement:write'))) WITH CHECK ((SELECT harbour_sec.holds('placement:write')));
SELECT harbour_sec.protect('providers_placement', 'person_id', 'placement');
