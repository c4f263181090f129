-- A place is readable by roles that read where people live; who lives there is closed by itself.
ALTER TABLE places_place ENABLE ROW LEVEL SECURITY;
ALTER TABLE places_place FORCE ROW LEVEL SECURITY;
REVOKE ALL ON places_place FROM harbour_app;
GRANT SELECT, INSERT, UPDATE ON places_place TO harbour_app;
DROP POLICY IF EXISTS place_read ON places_place;
CREATE POLICY place_read ON places_place FOR SELECT TO harbour_app
    USING ((SELECT harbour_sec.holds('contact')) OR recorded_by_id = (SELECT harbour_sec.uid()));
DROP POLICY IF EXISTS place_add ON places_place;
-- The analyst, too, writes down a place that children name; who goes there is in other tables.
CREATE POLICY place_add ON places_place FOR INSERT TO harbour_app
    WITH CHECK ((SELECT harbour_sec.holds('contact:write')) OR (SELECT harbour_sec.holds('may:named.judge')));
DROP POLICY IF EXISTS place_change ON places_place;
CREATE POLICY place_change ON places_place FOR UPDATE TO harbour_app
    USING ((SELECT harbour_sec.holds('contact:write'))) WITH CHECK ((SELECT harbour_sec.holds('contact:write')));
