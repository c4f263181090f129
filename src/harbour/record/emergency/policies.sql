-- Emergency access: the database opens it, tells the leads, ends it, and lets nobody else write a row of it.

SET LOCAL ROLE harbour_sec_owner;

-- Whether offices in England are shut at a moment: nights, weekends, bank holidays.
CREATE OR REPLACE FUNCTION harbour_sec.out_of_hours(p_at timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_local timestamp := p_at AT TIME ZONE 'Europe/London';
BEGIN
    RETURN extract(isodow FROM v_local) > 5 OR v_local::time < '09:00' OR v_local::time >= '17:00'
        OR EXISTS (SELECT 1 FROM emergency_bankholiday b WHERE b.day = v_local::date);
END $$;

-- The close of the next working day.
CREATE OR REPLACE FUNCTION harbour_sec.emergency_review_due(p_at timestamptz) RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_day date := (p_at AT TIME ZONE 'Europe/London')::date + 1;
BEGIN
    WHILE extract(isodow FROM v_day) > 5 OR EXISTS (SELECT 1 FROM emergency_bankholiday b WHERE b.day = v_day) LOOP
        v_day := v_day + 1;
    END LOOP;
    RETURN (v_day + time '17:00') AT TIME ZONE 'Europe/London';
END $$;

-- What stands in the way of the reader breaking glass now, or nothing. Holds the reader's other attempts back until
-- the transaction is over, so that two at once are one after the other.
CREATE OR REPLACE FUNCTION harbour_sec.emergency_hindrance() RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_user uuid := harbour_sec.uid();
BEGIN
    IF v_user IS NULL OR NOT harbour_sec.holds('may:emergency.open') THEN RETURN 'right'; END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('emergency:' || v_user, 0));
    IF NOT harbour_sec.out_of_hours(statement_timestamp()) THEN RETURN 'hours'; END IF;
    IF EXISTS (SELECT 1 FROM emergency_breakglass b WHERE b.recorded_by_id = v_user
               AND NOT EXISTS (SELECT 1 FROM emergency_review r WHERE r.break_glass_id = b.id)) THEN
        RETURN 'unreviewed';
    END IF;
    RETURN '';
END $$;

-- Look for one child by the whole name and the day of birth, or by a number. Says found, not found, or open already, and
-- nothing else; every attempt is kept and five an hour are the most. A restricted child is not found, and the owner of
-- the restriction is told; the work done is the same for a child who is hidden and for one who does not exist.
CREATE OR REPLACE FUNCTION harbour_sec.emergency_look(
    p_attempt uuid, p_reason text, p_family text, p_given text, p_born date, p_value text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_user uuid := harbour_sec.uid();
    v_hindrance text := harbour_sec.emergency_hindrance();
    v_people uuid[];
    v_open uuid[];
    v_outcome text;
BEGIN
    IF v_hindrance <> '' THEN
        RAISE EXCEPTION 'no emergency access: %', v_hindrance USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF length(btrim(p_reason)) < 20 THEN
        RAISE EXCEPTION 'a reason in words is needed' USING ERRCODE = 'check_violation';
    END IF;
    IF (SELECT count(*) FROM emergency_attempt a WHERE a.recorded_by_id = v_user
        AND a.recorded_at > statement_timestamp() - interval '1 hour') >= 5 THEN
        RAISE EXCEPTION 'too many attempts' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT coalesce(array_agg(DISTINCT m.id), '{}') INTO v_people FROM (
        SELECT p.id FROM people_person p JOIN people_name n ON n.person_id = p.id
        WHERE p_family <> '' AND p_given <> '' AND n.family_key = p_family AND n.given_key = p_given
          AND p.born_on = p_born AND p.born_precision = 'day'
        UNION ALL
        SELECT i.person_id FROM people_identifier i WHERE p_value <> '' AND i.value_key = p_value AND i.flag = '') m
    WHERE EXISTS (SELECT 1 FROM people_personrole r WHERE r.person_id = m.id AND r.role = 'child' AND r.ends_on IS NULL);
    PERFORM harbour_sec.look_out(v_people, 'emergency');
    SELECT coalesce(array_agg(x), '{}') INTO v_open FROM unnest(v_people) x
    WHERE NOT x = ANY (harbour_sec.hidden_people('identity'));
    v_outcome := CASE WHEN cardinality(v_open) <> 1 THEN 'not_found'
        WHEN harbour_sec.may_see(v_open[1], 'identity:write') THEN 'open' ELSE 'found' END;
    INSERT INTO emergency_attempt (id, recorded_at, recorded_by_id, outcome, person_id, reason)
    VALUES (p_attempt, statement_timestamp(), v_user, v_outcome,
        CASE WHEN v_outcome = 'found' THEN v_open[1] END, btrim(p_reason));
    RETURN v_outcome;
END $$;

-- Open the record of the child whom the reader found a moment ago: every part, for writing, to this reader, for 60
-- minutes; and tell the leads. A restriction keeps back what it closes, as with every standing. Takes the attempt, never
-- the child: whom the reader did not find, nobody opens. Nothing is returned where the child is not to be found any more.
CREATE OR REPLACE FUNCTION harbour_sec.break_glass(p_attempt uuid, p_break_glass uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_user uuid := harbour_sec.uid();
    v_hindrance text := harbour_sec.emergency_hindrance();
    v_now timestamptz := statement_timestamp();
    v_attempt emergency_attempt;
    v_authority uuid;
    v_leads uuid[];
    v_today date := (v_now AT TIME ZONE 'Europe/London')::date;
BEGIN
    IF v_hindrance <> '' THEN
        RAISE EXCEPTION 'no emergency access: %', v_hindrance USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO v_attempt FROM emergency_attempt a
    WHERE a.id = p_attempt AND a.recorded_by_id = v_user AND a.outcome = 'found'
      AND a.recorded_at > v_now - interval '10 minutes'
      AND NOT EXISTS (SELECT 1 FROM emergency_breakglass b WHERE b.attempt_id = a.id);
    IF v_attempt.id IS NULL OR v_attempt.person_id = ANY (harbour_sec.hidden_people('identity')) THEN
        PERFORM harbour_sec.look_out(ARRAY[v_attempt.person_id], 'emergency');
        RETURN NULL;
    END IF;
    SELECT split_part(s.audience, ':', 2)::uuid INTO v_authority FROM people_standing s
    WHERE s.person_id = v_attempt.person_id AND s.basis IN ('responsible', 'host') AND s.audience LIKE 'authority:%'
      AND (s.ends_at IS NULL OR s.ends_at > v_now)
    ORDER BY s.basis DESC, s.starts_at DESC LIMIT 1;
    IF v_authority IS NULL THEN RETURN NULL; END IF;
    -- Told are the team managers who work for the authority; where it has none, whoever else reviews for it.
    WITH reviewers AS (
        SELECT DISTINCT h.user_id, h.role = 'team_manager' AS manages
        FROM access_holding h JOIN access_user u ON u.id = h.user_id AND u.is_active
        JOIN access_rolegrant g ON g.role = h.role AND g.what = 'may:emergency.review'
        JOIN agencies_remit m ON m.team_id = h.team_id AND m.authority_id = v_authority
        WHERE h.user_id <> v_user
          AND h.starts_on <= v_today AND (h.ends_on IS NULL OR h.ends_on > v_today)
          AND m.starts_on <= v_today AND (m.ends_on IS NULL OR m.ends_on > v_today))
    SELECT coalesce(array_agg(DISTINCT user_id), '{}') INTO v_leads FROM reviewers
    WHERE manages OR NOT EXISTS (SELECT 1 FROM reviewers r WHERE r.manages);
    INSERT INTO emergency_breakglass (id, recorded_at, recorded_by_id, attempt_id, person_id, authority_id, reason,
        ends_at, leads, told_at, review_due_at)
    VALUES (p_break_glass, v_now, v_user, v_attempt.id, v_attempt.person_id, v_authority, v_attempt.reason,
        v_now + interval '60 minutes', v_leads, v_now, harbour_sec.emergency_review_due(v_now));
    INSERT INTO people_standing (id, recorded_at, recorded_by_id, person_id, audience, basis, facets, granted, writes,
        starts_at, ends_at, because_id)
    SELECT gen_random_uuid(), v_now, v_user, v_attempt.person_id, 'user:' || v_user, 'emergency', parts, parts, true,
        v_now, v_now + interval '60 minutes', p_break_glass
    FROM (SELECT ARRAY['identity', 'contact', 'placement', 'referral', 'assessment', 'case', 'missing', 'meeting',
        'sharing'] AS parts) every_part;
    RETURN v_attempt.person_id;
END $$;

-- End one's own emergency access before its time.
CREATE OR REPLACE FUNCTION harbour_sec.end_break_glass(p_break_glass uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE emergency_breakglass SET ended_at = statement_timestamp(), ended_by_id = harbour_sec.uid()
    WHERE id = p_break_glass AND recorded_by_id = harbour_sec.uid() AND ended_at IS NULL
      AND ends_at > statement_timestamp();
    IF NOT FOUND THEN RETURN false; END IF;
    UPDATE people_standing SET ends_at = greatest(starts_at, statement_timestamp()), ended_by_id = harbour_sec.uid()
    WHERE because_id = p_break_glass AND (ends_at IS NULL OR ends_at > statement_timestamp());
    RETURN true;
END $$;

-- Whether the reader reviews emergency access for an authority, of children whom she may see.
CREATE OR REPLACE FUNCTION harbour_sec.reviews_emergency(p_authority uuid, p_person uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN harbour_sec.holds('may:emergency.review')
       AND 'authority:' || p_authority = ANY (harbour_sec.audiences('identity'))
       AND harbour_sec.may_see(p_person, 'identity');
END $$;

-- Whether the reader may review this one: it is over, and it is not her own.
CREATE OR REPLACE FUNCTION harbour_sec.may_review_emergency(p_break_glass uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM emergency_breakglass b WHERE b.id = p_break_glass
        AND b.recorded_by_id <> harbour_sec.uid() AND (b.ended_at IS NOT NULL OR b.ends_at <= statement_timestamp())
        AND harbour_sec.reviews_emergency(b.authority_id, b.person_id));
END $$;

-- Whether the reader sees a record by emergency access now: then it is not hers to open to anybody, herself included.
CREATE OR REPLACE FUNCTION harbour_sec.is_under_glass(p_person uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM people_standing s WHERE s.person_id = p_person AND s.basis = 'emergency'
        AND s.audience = 'user:' || harbour_sec.uid()
        AND (s.ends_at IS NULL OR s.ends_at > statement_timestamp()));
END $$;

-- What was looked at and written under one emergency access, for those who review it and for the records officer.
CREATE OR REPLACE FUNCTION harbour_sec.looks_under(p_break_glass uuid)
RETURNS TABLE (at timestamptz, act text, event text, groups text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT e.at, e.act::text, e.event::text, e.groups::text[]
    FROM emergency_breakglass b JOIN audit_entry e ON e.actor_id = b.recorded_by_id AND e.subjects @> ARRAY[b.person_id]
        AND e.at >= b.recorded_at - interval '1 minute'
        AND e.at <= coalesce(b.ended_at, b.ends_at) + interval '1 minute'
    WHERE b.id = p_break_glass
      AND (harbour_sec.reviews_emergency(b.authority_id, b.person_id) OR harbour_sec.holds('audit:read'))
    ORDER BY e.at;
END $$;

REVOKE ALL ON FUNCTION harbour_sec.out_of_hours(timestamptz), harbour_sec.emergency_review_due(timestamptz),
    harbour_sec.emergency_hindrance(), harbour_sec.emergency_look(uuid, text, text, text, date, text),
    harbour_sec.break_glass(uuid, uuid), harbour_sec.end_break_glass(uuid),
    harbour_sec.reviews_emergency(uuid, uuid), harbour_sec.may_review_emergency(uuid),
    harbour_sec.looks_under(uuid), harbour_sec.is_under_glass(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.out_of_hours(timestamptz), harbour_sec.emergency_review_due(timestamptz),
    harbour_sec.emergency_hindrance(), harbour_sec.emergency_look(uuid, text, text, text, date, text),
    harbour_sec.break_glass(uuid, uuid), harbour_sec.end_break_glass(uuid),
    harbour_sec.reviews_emergency(uuid, uuid), harbour_sec.may_review_emergency(uuid),
    harbour_sec.looks_under(uuid), harbour_sec.is_under_glass(uuid) TO harbour_app;
SET LOCAL ROLE harbour_owner;

-- Emergency access is given by harbour_sec.break_glass() alone, and nobody passes on what it opens.
DROP POLICY IF EXISTS standing_not_by_glass ON people_standing;
CREATE POLICY standing_not_by_glass ON people_standing AS RESTRICTIVE FOR INSERT TO harbour_app
    WITH CHECK (basis <> 'emergency' AND NOT harbour_sec.is_under_glass(person_id));

ALTER TABLE emergency_bankholiday ENABLE ROW LEVEL SECURITY;
ALTER TABLE emergency_bankholiday FORCE ROW LEVEL SECURITY;
REVOKE ALL ON emergency_bankholiday FROM harbour_app;
GRANT SELECT ON emergency_bankholiday TO harbour_app;
DROP POLICY IF EXISTS holiday_read ON emergency_bankholiday;
CREATE POLICY holiday_read ON emergency_bankholiday FOR SELECT TO harbour_app USING (true);

ALTER TABLE emergency_attempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE emergency_attempt FORCE ROW LEVEL SECURITY;
REVOKE ALL ON emergency_attempt FROM harbour_app;
GRANT SELECT ON emergency_attempt TO harbour_app;
DROP POLICY IF EXISTS attempt_read ON emergency_attempt;
CREATE POLICY attempt_read ON emergency_attempt FOR SELECT TO harbour_app
    USING (recorded_by_id = (SELECT harbour_sec.uid()) OR (SELECT harbour_sec.holds('audit:read')));

-- Read by who broke the glass, by those who review for the child's authority, by those who see how the child's record
-- is shared, and by the records officer. Nobody writes it: harbour_sec.break_glass() and end_break_glass() do.
ALTER TABLE emergency_breakglass ENABLE ROW LEVEL SECURITY;
ALTER TABLE emergency_breakglass FORCE ROW LEVEL SECURITY;
REVOKE ALL ON emergency_breakglass FROM harbour_app;
GRANT SELECT ON emergency_breakglass TO harbour_app;
DROP POLICY IF EXISTS break_glass_read ON emergency_breakglass;
CREATE POLICY break_glass_read ON emergency_breakglass FOR SELECT TO harbour_app USING (
    recorded_by_id = (SELECT harbour_sec.uid()) OR (SELECT harbour_sec.holds('audit:read'))
    OR harbour_sec.reviews_emergency(authority_id, person_id) OR harbour_sec.may_see(person_id, 'sharing'));

ALTER TABLE emergency_review ENABLE ROW LEVEL SECURITY;
ALTER TABLE emergency_review FORCE ROW LEVEL SECURITY;
REVOKE ALL ON emergency_review FROM harbour_app;
GRANT SELECT, INSERT ON emergency_review TO harbour_app;
DROP POLICY IF EXISTS review_read ON emergency_review;
CREATE POLICY review_read ON emergency_review FOR SELECT TO harbour_app
    USING (EXISTS (SELECT 1 FROM emergency_breakglass b WHERE b.id = emergency_review.break_glass_id));
DROP POLICY IF EXISTS review_add ON emergency_review;
CREATE POLICY review_add ON emergency_review FOR INSERT TO harbour_app WITH CHECK (
    recorded_by_id = (SELECT harbour_sec.uid()) AND harbour_sec.may_review_emergency(break_glass_id));
