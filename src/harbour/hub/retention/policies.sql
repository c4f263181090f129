-- Retention: who may see what is due, and the one way in which a record goes (docs/decisions/0013-how-a-record-goes.md).

ALTER TABLE retention_rule ENABLE ROW LEVEL SECURITY;
ALTER TABLE retention_rule FORCE ROW LEVEL SECURITY;
REVOKE ALL ON retention_rule FROM harbour_app;
GRANT SELECT ON retention_rule TO harbour_app;
DROP POLICY IF EXISTS rule_read ON retention_rule;
CREATE POLICY rule_read ON retention_rule FOR SELECT TO harbour_app USING (true);

SET LOCAL ROLE harbour_sec_owner;
-- The clocks of one record, the longest first: the same as rules.clocks in Python.
CREATE OR REPLACE FUNCTION harbour_sec.retention_clocks(p_person uuid) RETURNS TABLE (rule text, due_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH facts AS (
        SELECT p.born_on, p.deceased_on,
            EXISTS (SELECT 1 FROM people_carestatus c WHERE c.person_id = p.id)
                OR EXISTS (SELECT 1 FROM providers_placement c WHERE c.person_id = p.id) AS looked_after,
            (SELECT max(c.ends_on) FROM providers_placement c
                WHERE c.person_id = p.id AND c.reason_ended IN ('E11', 'E12')) AS adopted_on,
            CASE WHEN EXISTS (SELECT 1 FROM sharing_share s WHERE s.person_id = p.id
                    AND (s.purpose = 'section_47' OR s.gateway = 'ca1989_s47'))
                OR EXISTS (SELECT 1 FROM cases_stageentry e WHERE e.person_id = p.id
                    AND e.stage IN ('investigation', 'charging', 'court'))
            THEN (greatest(p.recorded_at,
                (SELECT max(recorded_at) FROM cases_note WHERE person_id = p.id),
                (SELECT max(recorded_at) FROM cases_grading WHERE person_id = p.id),
                (SELECT max(recorded_at) FROM cases_stageentry WHERE person_id = p.id),
                (SELECT max(recorded_at) FROM missing_episode WHERE person_id = p.id),
                (SELECT max(recorded_at) FROM referrals_link WHERE person_id = p.id),
                (SELECT max(recorded_at) FROM sharing_share WHERE person_id = p.id))
                AT TIME ZONE 'Europe/London')::date END AS last_contact
        FROM people_person p WHERE p.id = p_person),
    starts AS (
        SELECT f.*, f.looked_after AND f.deceased_on IS NOT NULL
            AND (f.born_on IS NULL OR f.deceased_on < (f.born_on + interval '18 years')::date) AS died_in_care
        FROM facts f)
    SELECT r.code, (d.day + make_interval(years => r.years))::date
    FROM starts s, retention_rule r, LATERAL (SELECT CASE r.trigger
        WHEN 'birth' THEN s.born_on
        WHEN 'birth_looked_after' THEN CASE WHEN s.looked_after AND NOT s.died_in_care THEN s.born_on END
        WHEN 'death_looked_after' THEN CASE WHEN s.died_in_care THEN s.deceased_on END
        WHEN 'adoption' THEN s.adopted_on
        WHEN 'section_47' THEN s.last_contact END AS day) d
    WHERE d.day IS NOT NULL ORDER BY 2 DESC, 1 DESC $$;

-- Whether a hold stands over a record today.
CREATE OR REPLACE FUNCTION harbour_sec.is_held(p_person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM retention_hold h
        WHERE h.lifted_at IS NULL
          AND (h.ends_on IS NULL OR h.ends_on > (statement_timestamp() AT TIME ZONE 'Europe/London')::date)
          AND (h.scope = 'partnership' OR h.person_id = p_person
               OR h.rule_id IN (SELECT c.rule FROM harbour_sec.retention_clocks(p_person) c))) $$;

-- When a record may go, by which rule; nothing while a hold stands or no clock runs.
CREATE OR REPLACE FUNCTION harbour_sec.retention_ends(p_person uuid) RETURNS TABLE (rule text, due_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT c.rule, greatest(c.due_on, (SELECT max(l.keep_until) FROM retention_longer l WHERE l.person_id = p_person))
    FROM harbour_sec.retention_clocks(p_person) c WHERE NOT harbour_sec.is_held(p_person)
    ORDER BY c.due_on DESC, c.rule DESC LIMIT 1 $$;

-- The nightly job: put down which children's records are due, and strike those that no longer are.
CREATE OR REPLACE FUNCTION harbour_sec.retention_find_due() RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_today date := (statement_timestamp() AT TIME ZONE 'Europe/London')::date;
    v_count int;
BEGIN
    DELETE FROM retention_due d WHERE NOT EXISTS (
        SELECT 1 FROM harbour_sec.retention_ends(d.person_id) e WHERE e.due_on <= v_today);
    INSERT INTO retention_due (id, person_id, rule_id, due_on, found_at)
    SELECT gen_random_uuid(), p.id, e.rule, e.due_on, statement_timestamp()
    FROM people_person p, LATERAL harbour_sec.retention_ends(p.id) e
    -- No rule is shorter than fifteen years from a birth or a death: the rest need no look.
    WHERE (p.born_on <= v_today - interval '15 years' OR p.deceased_on IS NOT NULL)
      AND EXISTS (SELECT 1 FROM people_personrole r WHERE r.person_id = p.id AND r.role = 'child')
      AND e.due_on <= v_today
      AND NOT EXISTS (SELECT 1 FROM retention_due d WHERE d.person_id = p.id);
    GET DIAGNOSTICS v_count = ROW_COUNT;
    RETURN v_count;
END $$;

-- The bytes of documents removed a month ago or longer, unless a hold stands over the record.
CREATE OR REPLACE FUNCTION harbour_sec.purge_removed_files() RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_count int;
BEGIN
    DELETE FROM attachments_content c USING attachments_attachment a
    WHERE a.id = c.attachment_id AND a.removed_at < statement_timestamp() - interval '30 days'
      AND NOT harbour_sec.is_held(a.person_id);
    GET DIAGNOSTICS v_count = ROW_COUNT;
    RETURN v_count;
END $$;

-- Delete rows and everything that rests on them, whatever room it is of. What merely points at them and need not
-- lets go. Returns how many rows of each table went.
CREATE OR REPLACE FUNCTION harbour_sec.dispose_rows(p_table regclass, p_ids uuid[], p_counts jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_edge record;
    v_ids uuid[];
    v_count int;
BEGIN
    IF coalesce(cardinality(p_ids), 0) = 0 THEN RETURN p_counts; END IF;
    FOR v_edge IN
        SELECT c.conrelid::regclass AS tab, a.attname AS col, c.conrelid = c.confrelid AS own,
            -- A person's row goes with the person even where it could stand without one.
            a.attnotnull OR c.confrelid = 'public.people_person'::regclass AS rests,
            -- Rows with a number for an id, such as the parts of a name, carry nothing else.
            NOT EXISTS (SELECT 1 FROM pg_attribute i WHERE i.attrelid = c.conrelid AND i.attname = 'id'
                AND i.atttypid = 'uuid'::regtype) AS numbered
        FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.confrelid = p_table AND cardinality(c.conkey) = 1
        ORDER BY 4, 1::text, 2
    LOOP
        IF v_edge.own OR NOT v_edge.rests THEN
            EXECUTE format('UPDATE %s SET %I = NULL WHERE %I = ANY ($1)', v_edge.tab, v_edge.col, v_edge.col) USING p_ids;
        ELSIF v_edge.numbered THEN
            EXECUTE format('DELETE FROM %s WHERE %I = ANY ($1)', v_edge.tab, v_edge.col) USING p_ids;
        ELSE
            EXECUTE format('SELECT array_agg(id) FROM %s WHERE %I = ANY ($1)', v_edge.tab, v_edge.col)
                INTO v_ids USING p_ids;
            p_counts := harbour_sec.dispose_rows(v_edge.tab, v_ids, p_counts);
        END IF;
    END LOOP;
    EXECUTE format('DELETE FROM %s WHERE id = ANY ($1)', p_table) USING p_ids;
    GET DIAGNOSTICS v_count = ROW_COUNT;
    IF v_count = 0 THEN RETURN p_counts; END IF;
    RETURN p_counts || jsonb_build_object(p_table::text, coalesce((p_counts ->> p_table::text)::int, 0) + v_count);
END $$;

-- Places that nothing names any more.
CREATE OR REPLACE FUNCTION harbour_sec.dispose_nameless_places() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_named text;
BEGIN
    SELECT string_agg(format('NOT EXISTS (SELECT 1 FROM %s r WHERE r.%I = p.id)', c.conrelid::regclass, a.attname), ' AND ')
    INTO v_named
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND c.confrelid = 'public.places_place'::regclass;
    EXECUTE 'DELETE FROM places_place p WHERE ' || v_named;
END $$;

-- A record goes: only in the transaction in which a second person approved it, never under a hold, and by the
-- schedule only when it is due. The ledger's rows stay.
CREATE OR REPLACE FUNCTION harbour_sec.dispose(p_person uuid, p_code text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_payload jsonb := jsonb_build_object('person_id', p_person::text);
    v_rule text := '';
    v_due date;
    v_referrals uuid[];
    v_alone uuid[];
    v_beside uuid[];
    v_counts jsonb := '{}';
BEGIN
    IF p_code NOT IN ('retention.dispose', 'erasure') OR NOT harbour_sec.carrying_out(p_code, v_payload) THEN
        RAISE EXCEPTION 'It takes two people to dispose of a record.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF harbour_sec.is_held(p_person) THEN
        RAISE EXCEPTION 'A legal hold stands over this record.' USING ERRCODE = 'check_violation';
    END IF;
    SELECT e.rule, e.due_on INTO v_rule, v_due FROM harbour_sec.retention_ends(p_person) e;
    IF p_code = 'retention.dispose'
        AND (v_due IS NULL OR v_due > (statement_timestamp() AT TIME ZONE 'Europe/London')::date) THEN
        RAISE EXCEPTION 'The time of this record is not over.' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM 1 FROM people_person WHERE id = p_person FOR UPDATE;
    SELECT coalesce(array_agg(DISTINCT l.referral_id), '{}') INTO v_referrals
    FROM referrals_link l WHERE l.person_id = p_person;
    -- A concern that also speaks of another child is that child's record too, and stays; how this child was
    -- described in it does not.
    SELECT coalesce(array_agg(r), '{}') INTO v_alone FROM unnest(v_referrals) r WHERE NOT EXISTS (
        SELECT 1 FROM referrals_link l WHERE l.referral_id = r AND l.person_id <> p_person
        AND NOT EXISTS (SELECT 1 FROM referrals_unlink u WHERE u.link_id = l.id));
    v_counts := harbour_sec.dispose_rows('public.referrals_describedchild', ARRAY(
        SELECT DISTINCT l.described_id FROM referrals_link l
        WHERE l.person_id = p_person AND l.described_id IS NOT NULL AND l.referral_id <> ALL (v_alone)
          AND NOT EXISTS (SELECT 1 FROM referrals_link o WHERE o.described_id = l.described_id AND o.person_id <> p_person)),
        v_counts);
    DELETE FROM referrals_watch WHERE value = p_person::text;
    SELECT coalesce(array_agg(DISTINCT o), '{}') INTO v_beside FROM people_relation r, unnest(ARRAY[r.person_id, r.other_id]) o
    WHERE p_person IN (r.person_id, r.other_id) AND o <> p_person;
    v_counts := harbour_sec.dispose_rows('public.people_person', ARRAY[p_person], v_counts);
    v_counts := harbour_sec.dispose_rows('public.referrals_referral', v_alone, v_counts);
    -- Parents, carers and others who were on record for this child alone go with the child.
    v_counts := harbour_sec.dispose_rows('public.people_person', ARRAY(
        SELECT o FROM unnest(v_beside) o WHERE harbour_sec.is_beside_nobody(o)), v_counts);
    PERFORM harbour_sec.dispose_nameless_places();
    PERFORM harbour_sec.forget_words();
    INSERT INTO retention_tombstone (id, person_ref, deed, rule, disposed_at, disposed_by_id, proposed_by_id, rows,
        kept_with_others)
    SELECT gen_random_uuid(), p_person, p_code, coalesce(v_rule, ''), statement_timestamp(), p.decided_by_id,
        p.proposed_by_id, v_counts, cardinality(v_referrals) - cardinality(v_alone)
    FROM approvals_proposal p
    WHERE p.code = p_code AND p.payload @> v_payload AND p.decision = 'approved'
      AND p.carried_out_xid = (pg_current_xact_id()::text)::bigint;
END $$;

-- Whether an adult is on record for nobody any more: no child, no concern of their own, no tie to anybody left.
CREATE OR REPLACE FUNCTION harbour_sec.is_beside_nobody(p_person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT NOT EXISTS (SELECT 1 FROM people_relation r WHERE p_person IN (r.person_id, r.other_id))
        AND NOT EXISTS (SELECT 1 FROM people_personrole r WHERE r.person_id = p_person
            AND r.role NOT IN ('carer', 'professional'))
        AND EXISTS (SELECT 1 FROM people_personrole r WHERE r.person_id = p_person)
        AND NOT EXISTS (SELECT 1 FROM people_concernprofile c WHERE c.person_id = p_person)
        AND NOT EXISTS (SELECT 1 FROM referrals_link l WHERE l.person_id = p_person)
        AND NOT harbour_sec.is_held(p_person) $$;

-- The vocabulary of the search forgets the words that no name on record has any more.
CREATE OR REPLACE FUNCTION harbour_sec.forget_words() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM linkage_token t WHERE NOT EXISTS (SELECT 1 FROM linkage_part p WHERE p.family = t.token)
        AND NOT EXISTS (SELECT 1 FROM linkage_part p WHERE p.given = t.token)
        AND NOT EXISTS (SELECT 1 FROM people_name n WHERE n.family_key = t.token)
        AND NOT EXISTS (SELECT 1 FROM people_name n WHERE n.given_key = t.token);
    DELETE FROM linkage_deletion d WHERE NOT EXISTS (
        SELECT 1 FROM linkage_token t WHERE t.field = d.field AND t.token = d.token);
END $$;

-- What a reader may know of one record's clocks: for those who keep the schedule and may know of the child.
CREATE OR REPLACE FUNCTION harbour_sec.retention_of(p_person uuid)
RETURNS TABLE (rule text, due_on date, held boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT (harbour_sec.holds('may:retention') AND harbour_sec.may_see(p_person, 'identity')) THEN RETURN; END IF;
    RETURN QUERY SELECT c.rule, c.due_on, harbour_sec.is_held(p_person) FROM harbour_sec.retention_clocks(p_person) c;
END $$;

REVOKE ALL ON FUNCTION harbour_sec.retention_clocks(uuid), harbour_sec.is_held(uuid), harbour_sec.retention_ends(uuid),
    harbour_sec.retention_find_due(), harbour_sec.purge_removed_files(),
    harbour_sec.dispose_rows(regclass, uuid[], jsonb), harbour_sec.dispose_nameless_places(),
    harbour_sec.dispose(uuid, text), harbour_sec.is_beside_nobody(uuid), harbour_sec.forget_words(),
    harbour_sec.retention_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.retention_find_due(), harbour_sec.purge_removed_files(),
    harbour_sec.dispose(uuid, text), harbour_sec.retention_of(uuid) TO harbour_app;
SET LOCAL ROLE harbour_owner;

ALTER TABLE retention_due ENABLE ROW LEVEL SECURITY;
ALTER TABLE retention_due FORCE ROW LEVEL SECURITY;
REVOKE ALL ON retention_due FROM harbour_app;
GRANT SELECT ON retention_due TO harbour_app;
DROP POLICY IF EXISTS due_read ON retention_due;
CREATE POLICY due_read ON retention_due FOR SELECT TO harbour_app
    USING ((SELECT harbour_sec.holds('may:retention')) AND harbour_sec.may_see(person_id, 'identity'));

ALTER TABLE retention_tombstone ENABLE ROW LEVEL SECURITY;
ALTER TABLE retention_tombstone FORCE ROW LEVEL SECURITY;
REVOKE ALL ON retention_tombstone FROM harbour_app;
GRANT SELECT ON retention_tombstone TO harbour_app;
DROP POLICY IF EXISTS tombstone_read ON retention_tombstone;
CREATE POLICY tombstone_read ON retention_tombstone FOR SELECT TO harbour_app
    USING ((SELECT harbour_sec.holds('may:retention')));

-- One person places a hold; two lift it.
ALTER TABLE retention_hold ENABLE ROW LEVEL SECURITY;
ALTER TABLE retention_hold FORCE ROW LEVEL SECURITY;
REVOKE ALL ON retention_hold FROM harbour_app;
GRANT SELECT, INSERT ON retention_hold TO harbour_app;
GRANT UPDATE (lifted_at, lifted_by_id) ON retention_hold TO harbour_app;
DROP POLICY IF EXISTS hold_read ON retention_hold;
CREATE POLICY hold_read ON retention_hold FOR SELECT TO harbour_app
    USING ((SELECT harbour_sec.holds('may:retention'))
        AND (person_id IS NULL OR harbour_sec.may_see(person_id, 'identity')));
DROP POLICY IF EXISTS hold_add ON retention_hold;
CREATE POLICY hold_add ON retention_hold FOR INSERT TO harbour_app
    WITH CHECK ((SELECT harbour_sec.holds('may:retention')) AND recorded_by_id = (SELECT harbour_sec.uid())
        AND lifted_at IS NULL AND (person_id IS NULL OR harbour_sec.may_see(person_id, 'identity')));
DROP POLICY IF EXISTS hold_lift ON retention_hold;
CREATE POLICY hold_lift ON retention_hold FOR UPDATE TO harbour_app
    USING (harbour_sec.carrying_out('retention.lift_hold', jsonb_build_object('hold_id', id::text)))
    WITH CHECK (lifted_by_id = (SELECT harbour_sec.uid()));

ALTER TABLE retention_longer ENABLE ROW LEVEL SECURITY;
ALTER TABLE retention_longer FORCE ROW LEVEL SECURITY;
REVOKE ALL ON retention_longer FROM harbour_app;
GRANT SELECT, INSERT ON retention_longer TO harbour_app;
DROP POLICY IF EXISTS longer_read ON retention_longer;
CREATE POLICY longer_read ON retention_longer FOR SELECT TO harbour_app
    USING ((SELECT harbour_sec.holds('may:retention')) AND harbour_sec.may_see(person_id, 'identity'));
DROP POLICY IF EXISTS longer_add ON retention_longer;
CREATE POLICY longer_add ON retention_longer FOR INSERT TO harbour_app
    WITH CHECK (recorded_by_id = (SELECT harbour_sec.uid()) AND harbour_sec.carrying_out('retention.override',
        jsonb_build_object('person_id', person_id::text, 'keep_until', keep_until::text)));
