-- A meeting belongs to an authority's partnership. Its items open by the child's standing and by the meeting; an
-- agency's view stays closed to the others until the chair opens all views of the item. Windows join, a meeting
-- with an undecided child does not close, and nothing of a closed meeting changes: the database sees to all three.

SET LOCAL ROLE harbour_sec_owner;
-- A new window begins exactly where the last one of the same authority ended.
CREATE OR REPLACE FUNCTION harbour_sec.meeting_window_joins() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_previous uuid;
    v_ended timestamptz;
BEGIN
    SELECT id, window_to INTO v_previous, v_ended FROM meetings_meeting
    WHERE authority_id = NEW.authority_id AND kind = NEW.kind ORDER BY window_to DESC LIMIT 1;
    IF NEW.previous_id IS DISTINCT FROM v_previous THEN
        RAISE EXCEPTION 'A meeting follows the last one of its authority.' USING ERRCODE = 'check_violation';
    END IF;
    IF v_previous IS NOT NULL AND NEW.window_from <> v_ended THEN
        RAISE EXCEPTION 'A meeting''s window begins where the last one ended.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- A meeting closes once, and only when every child on its agenda is decided, of those that who closes it sees: what is
-- kept from her neither stops her nor shows by stopping her.
CREATE OR REPLACE FUNCTION harbour_sec.meeting_closes_whole() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- That a child was shown last is let go of when the child's record goes.
    IF OLD.closed_at IS NOT NULL
        AND NOT (NEW.shown_id IS NULL AND to_jsonb(NEW) - 'shown_id' = to_jsonb(OLD) - 'shown_id') THEN
        RAISE EXCEPTION 'A closed meeting stays as it is.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.closed_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM meetings_item WHERE meeting_id = NEW.id AND decided_at IS NULL
            AND person_id <> ALL (harbour_sec.hidden_people('meeting')))
    THEN
        RAISE EXCEPTION 'A meeting closes when every child is decided.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- What was revealed stays revealed, and a decision made is replaced, never taken back.
CREATE OR REPLACE FUNCTION harbour_sec.meeting_item_goes_on() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.revealed_at IS NOT NULL AND NEW.revealed_at IS DISTINCT FROM OLD.revealed_at THEN
        RAISE EXCEPTION 'Views that were opened stay open.' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.decided_at IS NOT NULL AND NEW.decided_at IS NULL THEN
        RAISE EXCEPTION 'A decision is replaced, not taken back.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

REVOKE ALL ON FUNCTION harbour_sec.meeting_window_joins(), harbour_sec.meeting_closes_whole(),
    harbour_sec.meeting_item_goes_on() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.meeting_window_joins(), harbour_sec.meeting_closes_whole(),
    harbour_sec.meeting_item_goes_on() TO harbour_owner;
SET LOCAL ROLE harbour_owner;

DROP TRIGGER IF EXISTS meeting_window_joins ON meetings_meeting;
CREATE TRIGGER meeting_window_joins BEFORE INSERT ON meetings_meeting
    FOR EACH ROW EXECUTE FUNCTION harbour_sec.meeting_window_joins();
DROP TRIGGER IF EXISTS meeting_closes_whole ON meetings_meeting;
CREATE TRIGGER meeting_closes_whole BEFORE UPDATE ON meetings_meeting
    FOR EACH ROW EXECUTE FUNCTION harbour_sec.meeting_closes_whole();
DROP TRIGGER IF EXISTS meeting_item_goes_on ON meetings_item;
CREATE TRIGGER meeting_item_goes_on BEFORE UPDATE ON meetings_item
    FOR EACH ROW EXECUTE FUNCTION harbour_sec.meeting_item_goes_on();

-- The window, the authority and the chain of meetings are written once: nobody may update those columns.
ALTER TABLE meetings_meeting ENABLE ROW LEVEL SECURITY;
ALTER TABLE meetings_meeting FORCE ROW LEVEL SECURITY;
REVOKE ALL ON meetings_meeting FROM harbour_app;
GRANT SELECT, INSERT ON meetings_meeting TO harbour_app;
GRANT UPDATE (chair_id, shown_id, closed_at, closed_by_id, version) ON meetings_meeting TO harbour_app;
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
GRANT SELECT, INSERT ON meetings_attendance TO harbour_app;
GRANT UPDATE (present, who, recorded_at, recorded_by_id) ON meetings_attendance TO harbour_app;
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

-- An item: the child's standing, and a meeting the reader's partnership holds; written while the meeting is open.
SELECT harbour_sec.protect('meetings_item', 'person_id', 'meeting', 'SELECT, INSERT');
GRANT UPDATE ("group", reasons, position, revealed_at, revealed_by_id, reveal_reason, decided_at, decided_by_id,
    decision, decision_reason, grading_id, settled, version) ON meetings_item TO harbour_app;
DROP POLICY IF EXISTS item_change ON meetings_item;
CREATE POLICY item_change ON meetings_item FOR UPDATE TO harbour_app
    USING (EXISTS (SELECT 1 FROM people_standing s WHERE s.person_id = meetings_item.person_id
        AND s.audience = ANY ((SELECT harbour_sec.audiences('meeting:write'))::text[]) AND 'meeting' = ANY (s.facets) AND s.writes
        AND s.starts_at <= statement_timestamp() AND (s.ends_at IS NULL OR s.ends_at > statement_timestamp())));
DROP POLICY IF EXISTS item_of_a_meeting_read ON meetings_item;
CREATE POLICY item_of_a_meeting_read ON meetings_item AS RESTRICTIVE FOR SELECT TO harbour_app
    USING (EXISTS (SELECT 1 FROM meetings_meeting m WHERE m.id = meetings_item.meeting_id));
DROP POLICY IF EXISTS item_of_an_open_meeting_add ON meetings_item;
CREATE POLICY item_of_an_open_meeting_add ON meetings_item AS RESTRICTIVE FOR INSERT TO harbour_app
    WITH CHECK (EXISTS (SELECT 1 FROM meetings_meeting m WHERE m.id = meetings_item.meeting_id AND m.closed_at IS NULL));
DROP POLICY IF EXISTS item_of_an_open_meeting_change ON meetings_item;
CREATE POLICY item_of_an_open_meeting_change ON meetings_item AS RESTRICTIVE FOR UPDATE TO harbour_app
    USING (EXISTS (SELECT 1 FROM meetings_meeting m WHERE m.id = meetings_item.meeting_id AND m.closed_at IS NULL));

SELECT harbour_sec.protect('meetings_superseded', 'person_id', 'meeting', 'SELECT, INSERT');
DROP POLICY IF EXISTS superseded_of_an_item_read ON meetings_superseded;
CREATE POLICY superseded_of_an_item_read ON meetings_superseded AS RESTRICTIVE FOR SELECT TO harbour_app
    USING (EXISTS (SELECT 1 FROM meetings_item i WHERE i.id = meetings_superseded.item_id));

DROP POLICY IF EXISTS superseded_of_an_open_meeting_add ON meetings_superseded;
CREATE POLICY superseded_of_an_open_meeting_add ON meetings_superseded AS RESTRICTIVE FOR INSERT TO harbour_app
    WITH CHECK (EXISTS (SELECT 1 FROM meetings_item i JOIN meetings_meeting m ON m.id = i.meeting_id
        WHERE i.id = meetings_superseded.item_id AND i.person_id = meetings_superseded.person_id AND m.closed_at IS NULL));

-- A view: the agency's own until it is revealed, written by the agency until then and never afterwards.
SELECT harbour_sec.protect('meetings_agencyview', 'person_id', 'meeting');
DROP POLICY IF EXISTS view_own_or_revealed ON meetings_agencyview;
CREATE POLICY view_own_or_revealed ON meetings_agencyview AS RESTRICTIVE FOR SELECT TO harbour_app USING (
    'agency:' || agency_id = ANY ((SELECT harbour_sec.audiences('meeting'))::text[])
    OR EXISTS (SELECT 1 FROM meetings_item i WHERE i.id = meetings_agencyview.item_id AND i.revealed_at IS NOT NULL));
DROP POLICY IF EXISTS view_add_own ON meetings_agencyview;
CREATE POLICY view_add_own ON meetings_agencyview AS RESTRICTIVE FOR INSERT TO harbour_app
    WITH CHECK ('agency:' || agency_id = ANY ((SELECT harbour_sec.audiences('meeting:write'))::text[])
        AND EXISTS (SELECT 1 FROM meetings_item i JOIN meetings_meeting m ON m.id = i.meeting_id
            WHERE i.id = meetings_agencyview.item_id AND i.person_id = meetings_agencyview.person_id
              AND i.revealed_at IS NULL AND m.closed_at IS NULL));
DROP POLICY IF EXISTS view_change_own ON meetings_agencyview;
CREATE POLICY view_change_own ON meetings_agencyview AS RESTRICTIVE FOR UPDATE TO harbour_app
    USING ('agency:' || agency_id = ANY ((SELECT harbour_sec.audiences('meeting:write'))::text[])
        AND EXISTS (SELECT 1 FROM meetings_item i JOIN meetings_meeting m ON m.id = i.meeting_id
            WHERE i.id = meetings_agencyview.item_id AND i.revealed_at IS NULL AND m.closed_at IS NULL));

SET LOCAL ROLE harbour_sec_owner;
-- Which agencies have given their view of a child on the agenda: that they have, never what it says. For readers
-- who see the item.
CREATE OR REPLACE FUNCTION harbour_sec.views_given(p_meeting uuid) RETURNS TABLE (item_id uuid, agency_id uuid, given_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT v.item_id, v.agency_id, v.given_at
    FROM meetings_agencyview v
    JOIN meetings_item i ON i.id = v.item_id
    JOIN meetings_meeting m ON m.id = i.meeting_id
    WHERE m.id = p_meeting AND v.given_at IS NOT NULL
      AND 'authority:' || m.authority_id = ANY (harbour_sec.audiences('meeting'))
      AND harbour_sec.may_see(i.person_id, 'meeting') $$;
REVOKE ALL ON FUNCTION harbour_sec.views_given(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.views_given(uuid) TO harbour_app;
SET LOCAL ROLE harbour_owner;
