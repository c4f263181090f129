-- A meeting belongs to an authority's partnership; its items open by the child's standing; an agency's view stays
-- closed to the others until the chair reveals all views of the item.
ALTER TABLE meetings_meeting ENABLE ROW LEVEL SECURITY;
ALTER TABLE meetings_meeting FORCE ROW LEVEL SECURITY;
REVOKE ALL ON meetings_meeting FROM harbour_app;
GRANT SELECT, INSERT, UPDATE ON meetings_meeting TO harbour_app;
DROP POLICY IF EXISTS meeting_read ON meetings_meeting;
CREATE POLICY meeting_read ON meetings_meeting FOR SELECT TO harbour_app
    USING ('authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('meeting'))::text[]));
DROP POLICY IF EXISTS meeting_add ON meetings_meeting;
CREATE POLICY meeting_add ON meetings_meeting FOR INSERT TO harbour_app
    WITH CHECK ('authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('meeting:write'))::text[]));
DROP POLICY IF EXISTS meeting_change ON meetings_meeting;
CREATE POLICY meeting_change ON meetings_meeting FOR UPDATE TO harbour_app
    USING ('authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('meeting:write'))::text[]) AND closed_at IS NULL)
    WITH CHECK ('authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('meeting:write'))::text[]));

ALTER TABLE meetings_attendance ENABLE ROW LEVEL SECURITY;
ALTER TABLE meetings_attendance FORCE ROW LEVEL SECURITY;
REVOKE ALL ON meetings_attendance FROM harbour_app;
GRANT SELECT, INSERT, UPDATE ON meetings_attendance TO harbour_app;
DROP POLICY IF EXISTS attendance_read ON meetings_attendance;
CREATE POLICY attendance_read ON meetings_attendance FOR SELECT TO harbour_app
    USING (EXISTS (SELECT 1 FROM meetings_meeting m WHERE m.id = meetings_attendance.meeting_id));
DROP POLICY IF EXISTS attendance_add ON meetings_attendance;
CREATE POLICY attendance_add ON meetings_attendance FOR INSERT TO harbour_app
    WITH CHECK (EXISTS (SELECT 1 FROM meetings_meeting m WHERE m.id = meetings_attendance.meeting_id
        AND m.closed_at IS NULL AND 'authority:' || m.authority_id = ANY ((SELECT harbour_sec.audiences('meeting:write'))::text[])));
DROP POLICY IF EXISTS attendance_change ON meetings_attendance;
CREATE POLICY attendance_change ON meetings_attendance FOR UPDATE TO harbour_app
    USING (EXISTS (SELECT 1 FROM meetings_meeting m WHERE m.id = meetings_attendance.meeting_id
        AND m.closed_at IS NULL AND 'authority:' || m.authority_id = ANY ((SELECT harbour_sec.audiences('meeting:write'))::text[])));

SELECT harbour_sec.protect('meetings_item', 'person_id', 'meeting');
SELECT harbour_sec.protect('meetings_agencyview', 'person_id', 'meeting');
DROP POLICY IF EXISTS view_own_or_revealed ON meetings_agencyview;
CREATE POLICY view_own_or_revealed ON meetings_agencyview AS RESTRICTIVE FOR SELECT TO harbour_app USING (
    'agency:' || agency_id = ANY ((SELECT harbour_sec.audiences('meeting'))::text[])
    OR EXISTS (SELECT 1 FROM meetings_item i WHERE i.id = meetings_agencyview.item_id AND i.revealed_at IS NOT NULL));
DROP POLICY IF EXISTS view_add_own ON meetings_agencyview;
CREATE POLICY view_add_own ON meetings_agencyview AS RESTRICTIVE FOR INSERT TO harbour_app
    WITH CHECK ('agency:' || agency_id = ANY ((SELECT harbour_sec.audiences('meeting:write'))::text[]));
DROP POLICY IF EXISTS view_change_own ON meetings_agencyview;
CREATE POLICY view_change_own ON meetings_agencyview AS RESTRICTIVE FOR UPDATE TO harbour_app
    USING ('agency:' || agency_id = ANY ((SELECT harbour_sec.audiences('meeting:write'))::text[]));
