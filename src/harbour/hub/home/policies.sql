-- When somebody last looked is their own: no colleague, no manager reads it.
ALTER TABLE home_look ENABLE ROW LEVEL SECURITY;
ALTER TABLE home_look FORCE ROW LEVEL SECURITY;
REVOKE ALL ON home_look FROM harbour_app;
GRANT SELECT, INSERT ON home_look TO harbour_app;
GRANT UPDATE (since_at, seen_at) ON home_look TO harbour_app;
DROP POLICY IF EXISTS look_own_read ON home_look;
CREATE POLICY look_own_read ON home_look FOR SELECT TO harbour_app
    USING (user_id = (SELECT harbour_sec.uid()));
DROP POLICY IF EXISTS look_own_add ON home_look;
CREATE POLICY look_own_add ON home_look FOR INSERT TO harbour_app
    WITH CHECK (user_id = (SELECT harbour_sec.uid()));
DROP POLICY IF EXISTS look_own_change ON home_look;
CREATE POLICY look_own_change ON home_look FOR UPDATE TO harbour_app
    USING (user_id = (SELECT harbour_sec.uid())) WITH CHECK (user_id = (SELECT harbour_sec.uid()));
