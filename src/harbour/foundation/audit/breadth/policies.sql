-- Unusual breadth: counted where it cannot be passed by, with every look at one child's record.

SET LOCAL ROLE harbour_sec_owner;

-- Whether a person has work with a child today: allocated or named, missing now, on the agenda, an undecided concern.
CREATE OR REPLACE FUNCTION harbour_sec.has_work_with(p_user uuid, p_person uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_today timestamptz := date_trunc('day', statement_timestamp() AT TIME ZONE 'Europe/London') AT TIME ZONE 'Europe/London';
BEGIN
    RETURN EXISTS (
            SELECT 1 FROM people_standing s
            WHERE s.person_id = p_person AND s.audience = 'user:' || p_user AND s.starts_at <= statement_timestamp()
              AND (s.ends_at IS NULL OR s.ends_at > statement_timestamp()))
        OR EXISTS (
            SELECT 1 FROM missing_episode e
            WHERE e.person_id = p_person AND (NOT e.returned OR e.return_recorded_at >= v_today))
        OR EXISTS (
            SELECT 1 FROM meetings_item i JOIN meetings_meeting m ON m.id = i.meeting_id
            WHERE i.person_id = p_person AND (m.closed_at IS NULL OR m.closed_at >= v_today))
        OR EXISTS (
            SELECT 1 FROM referrals_link l JOIN referrals_referral r ON r.id = l.referral_id
            WHERE l.person_id = p_person AND (r.decided_at IS NULL OR r.decided_at >= v_today)
              AND NOT EXISTS (SELECT 1 FROM referrals_unlink u WHERE u.link_id = l.id))
        OR EXISTS (SELECT 1 FROM people_person p WHERE p.id = p_person AND p.recorded_by_id = p_user
                   AND p.recorded_at >= v_today);
END $$;

-- Count a look at one child's record. Returns 0 if it may go on, else how many were opened. Somebody at a screen is
-- counted: a command or a job has no session and is not.
CREATE OR REPLACE FUNCTION harbour_sec.breadth(p_person uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_user uuid := harbour_sec.uid();
    v_now timestamptz := statement_timestamp();
    v_today date := (v_now AT TIME ZONE 'Europe/London')::date;
    v_since timestamptz;
    v_alert int := 30;
    v_stop int := 50;
    v_minutes int := 60;
    v_count int;
    v_name text;
    v_kind text;
    v_told text[];
BEGIN
    IF v_user IS NULL OR split_part(current_setting('harbour.ctx', true), '|', 3) = '' THEN RETURN 0; END IF;
    SELECT l.alert_at, l.stop_at, l.minutes INTO v_alert, v_stop, v_minutes FROM (
        SELECT alert_at, stop_at, minutes, starts_on FROM audit_breadthlimit WHERE starts_on <= v_today
        UNION ALL SELECT 30, 50, 60, '-infinity') l ORDER BY l.starts_on DESC LIMIT 1;
    v_since := v_now - make_interval(mins => v_minutes);
    IF EXISTS (SELECT 1 FROM audit_unrelated WHERE user_id = v_user AND opened_at > v_since AND person_id = p_person)
        OR harbour_sec.has_work_with(v_user, p_person) THEN RETURN 0; END IF;
    -- Two pages of the same person are counted one after the other.
    PERFORM pg_advisory_xact_lock(4011963, hashtext(v_user::text));
    SELECT count(*) INTO v_count FROM audit_unrelated WHERE user_id = v_user AND opened_at > v_since;
    IF v_count >= v_stop AND NOT EXISTS (
        SELECT 1 FROM audit_alert WHERE user_id = v_user AND until > v_now) THEN RETURN v_count; END IF;
    DELETE FROM audit_unrelated WHERE user_id = v_user AND opened_at < v_now - interval '1 day';
    INSERT INTO audit_unrelated (id, user_id, person_id, opened_at) VALUES (gen_random_uuid(), v_user, p_person, v_now);
    v_count := v_count + 1;
    IF v_count < v_alert THEN RETURN 0; END IF;
    v_kind := CASE WHEN v_count >= v_stop THEN 'stopped' ELSE 'unusual' END;
    -- One alert a person: who is stopped was told of at the first limit, and nobody has answered that yet.
    UPDATE audit_alert SET kind = v_kind, number = v_count, raised_at = v_now
    WHERE user_id = v_user AND answer = '' AND kind = 'unusual' AND v_kind = 'stopped';
    IF NOT EXISTS (SELECT 1 FROM audit_alert WHERE user_id = v_user AND kind = v_kind AND raised_at > v_since) THEN
        SELECT name INTO v_name FROM access_user WHERE id = v_user;
        SELECT array_agg(DISTINCT 'authority:' || m.authority_id) INTO v_told
        FROM access_holding h JOIN agencies_remit m ON m.team_id = h.team_id
        WHERE h.user_id = v_user AND h.starts_on <= v_today AND (h.ends_on IS NULL OR h.ends_on > v_today)
          AND m.starts_on <= v_today AND (m.ends_on IS NULL OR m.ends_on > v_today);
        INSERT INTO audit_alert (id, kind, user_id, user_name, raised_at, number, audiences, answer, note)
        VALUES (gen_random_uuid(), v_kind, v_user, v_name, v_now, v_count, coalesce(v_told, '{}'), '', '');
    END IF;
    RETURN 0;
END $$;

REVOKE ALL ON FUNCTION harbour_sec.has_work_with(uuid, uuid), harbour_sec.breadth(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.breadth(uuid) TO harbour_app;

SET LOCAL ROLE harbour_owner;

REVOKE ALL ON audit_breadthlimit, audit_unrelated, audit_alert FROM harbour_app;
ALTER TABLE audit_breadthlimit ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_breadthlimit FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_unrelated ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_unrelated FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_alert ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_alert FORCE ROW LEVEL SECURITY;
GRANT SELECT ON audit_breadthlimit, audit_unrelated, audit_alert TO harbour_app;
GRANT UPDATE (answer, answered_at, answered_by_id, note, until) ON audit_alert TO harbour_app;
DROP POLICY IF EXISTS breadthlimit_read ON audit_breadthlimit;
CREATE POLICY breadthlimit_read ON audit_breadthlimit FOR SELECT TO harbour_app
    USING ((SELECT harbour_sec.holds('audit:read')));
DROP POLICY IF EXISTS unrelated_read ON audit_unrelated;
CREATE POLICY unrelated_read ON audit_unrelated FOR SELECT TO harbour_app
    USING ((SELECT harbour_sec.holds('audit:read')));
-- The records officer, and who leads a team of the same authority; never the person it is about.
DROP POLICY IF EXISTS alert_read ON audit_alert;
CREATE POLICY alert_read ON audit_alert FOR SELECT TO harbour_app USING (
    user_id <> (SELECT harbour_sec.uid())
    AND ((SELECT harbour_sec.holds('audit:read'))
         OR (SELECT harbour_sec.holds('may:approve'))
            AND audiences && ((SELECT harbour_sec.audiences('identity'))::text[])));
DROP POLICY IF EXISTS alert_answer ON audit_alert;
CREATE POLICY alert_answer ON audit_alert FOR UPDATE TO harbour_app
    USING (user_id <> (SELECT harbour_sec.uid()) AND answer = ''
        AND ((SELECT harbour_sec.holds('audit:read'))
             OR (SELECT harbour_sec.holds('may:approve'))
                AND audiences && ((SELECT harbour_sec.audiences('identity'))::text[])))
    WITH CHECK (answered_by_id = (SELECT harbour_sec.uid()));
