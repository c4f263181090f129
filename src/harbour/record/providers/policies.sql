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

-- What the register said of a home before: as the home itself, and never changed.
ALTER TABLE providers_homechange ENABLE ROW LEVEL SECURITY;
ALTER TABLE providers_homechange FORCE ROW LEVEL SECURITY;
REVOKE ALL ON providers_homechange FROM harbour_app;
GRANT SELECT, INSERT ON providers_homechange TO harbour_app;
DROP POLICY IF EXISTS homechange_read ON providers_homechange;
CREATE POLICY homechange_read ON providers_homechange FOR SELECT TO harbour_app
    USING ((SELECT harbour_sec.holds('placement')));
DROP POLICY IF EXISTS homechange_add ON providers_homechange;
CREATE POLICY homechange_add ON providers_homechange FOR INSERT TO harbour_app
    WITH CHECK (recorded_by_id = (SELECT harbour_sec.uid()) AND (SELECT harbour_sec.holds('placement:write')));

-- Whom to ring at an agency: for everybody signed in. Kept by who keeps the register, and by each agency for itself.
ALTER TABLE providers_contact ENABLE ROW LEVEL SECURITY;
ALTER TABLE providers_contact FORCE ROW LEVEL SECURITY;
REVOKE ALL ON providers_contact FROM harbour_app;
GRANT SELECT, INSERT ON providers_contact TO harbour_app;
GRANT UPDATE (checked_on, ends_on) ON providers_contact TO harbour_app;
DROP POLICY IF EXISTS contact_read ON providers_contact;
CREATE POLICY contact_read ON providers_contact FOR SELECT TO harbour_app
    USING ((SELECT harbour_sec.uid()) IS NOT NULL);
DROP POLICY IF EXISTS contact_add ON providers_contact;
CREATE POLICY contact_add ON providers_contact FOR INSERT TO harbour_app WITH CHECK (
    recorded_by_id = (SELECT harbour_sec.uid())
    AND ((SELECT harbour_sec.holds('placement:write'))
         OR 'agency:' || agency_id = ANY ((SELECT harbour_sec.audiences(''))::text[])));
DROP POLICY IF EXISTS contact_change ON providers_contact;
CREATE POLICY contact_change ON providers_contact FOR UPDATE TO harbour_app
    USING ((SELECT harbour_sec.holds('placement:write'))
           OR 'agency:' || agency_id = ANY ((SELECT harbour_sec.audiences(''))::text[]));

-- Which areas adjoin: a fact of the map.
ALTER TABLE providers_adjoining ENABLE ROW LEVEL SECURITY;
ALTER TABLE providers_adjoining FORCE ROW LEVEL SECURITY;
REVOKE ALL ON providers_adjoining FROM harbour_app;
GRANT SELECT, INSERT ON providers_adjoining TO harbour_app;
GRANT UPDATE (ended_on) ON providers_adjoining TO harbour_app;
DROP POLICY IF EXISTS adjoining_read ON providers_adjoining;
CREATE POLICY adjoining_read ON providers_adjoining FOR SELECT TO harbour_app
    USING ((SELECT harbour_sec.uid()) IS NOT NULL);
DROP POLICY IF EXISTS adjoining_add ON providers_adjoining;
CREATE POLICY adjoining_add ON providers_adjoining FOR INSERT TO harbour_app
    WITH CHECK (recorded_by_id = (SELECT harbour_sec.uid()) AND (SELECT harbour_sec.holds('placement:write')));
DROP POLICY IF EXISTS adjoining_change ON providers_adjoining;
CREATE POLICY adjoining_change ON providers_adjoining FOR UPDATE TO harbour_app
    USING ((SELECT harbour_sec.holds('placement:write')));
