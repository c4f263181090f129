-- A referral is open to the partnership of the authority that received it, to those who see a linked child's
-- referrals, and to the person with an account who sent it.

SET LOCAL ROLE harbour_sec_owner;
-- The referrals that speak of somebody whose referrals a restriction keeps from the reader. Linked is enough, to one
-- such child among others: what was sent about brothers and sisters speaks of each of them.
CREATE OR REPLACE FUNCTION harbour_sec.hidden_referrals() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_hidden uuid[] := harbour_sec.hidden_people('referral');
BEGIN
    RETURN ARRAY(SELECT DISTINCT l.referral_id FROM referrals_link l WHERE l.person_id = ANY (v_hidden)
        AND NOT EXISTS (SELECT 1 FROM referrals_unlink u WHERE u.link_id = l.id));
END $$;
-- Whether the reader works the referral: the front door of the authority that received it.
CREATE OR REPLACE FUNCTION harbour_sec.works_referral(p_referral uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = p_referral
        AND 'authority:' || r.authority_id = ANY (harbour_sec.audiences('referral:write'))
        AND r.id <> ALL (harbour_sec.hidden_referrals()));
END $$;
-- Whether the reader wrote the referral at this very moment: whoever sends a concern cannot read it back.
CREATE OR REPLACE FUNCTION harbour_sec.is_sending_referral(p_referral uuid, p_at timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = p_referral
        AND r.recorded_by_id = harbour_sec.uid() AND r.recorded_at = p_at);
END $$;
-- Whether news came with a child or by a referral that restrictions keep from the reader.
CREATE OR REPLACE FUNCTION harbour_sec.hides_news(p_firing uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM referrals_firing f WHERE f.id = p_firing AND (
        f.children && harbour_sec.hidden_people('identity') OR f.source_id = ANY (harbour_sec.hidden_referrals())));
END $$;
REVOKE ALL ON FUNCTION harbour_sec.works_referral(uuid), harbour_sec.is_sending_referral(uuid, timestamptz),
    harbour_sec.hidden_referrals(), harbour_sec.hides_news(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.works_referral(uuid), harbour_sec.is_sending_referral(uuid, timestamptz),
    harbour_sec.hidden_referrals(), harbour_sec.hides_news(uuid) TO harbour_app;
SET LOCAL ROLE harbour_owner;

SELECT harbour_sec.protect('referrals_link', 'person_id', 'referral', 'SELECT, INSERT');
-- Only those who work the referral say whom it speaks of: else a link would open a referral to its author.
DROP POLICY IF EXISTS link_of_own_referral ON referrals_link;
CREATE POLICY link_of_own_referral ON referrals_link AS RESTRICTIVE FOR INSERT TO harbour_app
    WITH CHECK (recorded_by_id = (SELECT harbour_sec.uid()) AND harbour_sec.works_referral(referral_id));

ALTER TABLE referrals_unlink ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_unlink FORCE ROW LEVEL SECURITY;
REVOKE ALL ON referrals_unlink FROM harbour_app;
GRANT SELECT, INSERT ON referrals_unlink TO harbour_app;
DROP POLICY IF EXISTS unlink_read ON referrals_unlink;
CREATE POLICY unlink_read ON referrals_unlink FOR SELECT TO harbour_app
    USING (EXISTS (SELECT 1 FROM referrals_link l WHERE l.id = referrals_unlink.link_id));
DROP POLICY IF EXISTS unlink_add ON referrals_unlink;
CREATE POLICY unlink_add ON referrals_unlink FOR INSERT TO harbour_app WITH CHECK (
    recorded_by_id = (SELECT harbour_sec.uid()) AND EXISTS (
        SELECT 1 FROM referrals_link l
        WHERE l.id = referrals_unlink.link_id AND harbour_sec.works_referral(l.referral_id)));

ALTER TABLE referrals_referral ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_referral FORCE ROW LEVEL SECURITY;
REVOKE ALL ON referrals_referral FROM harbour_app;
GRANT SELECT, INSERT, UPDATE ON referrals_referral TO harbour_app;
DROP POLICY IF EXISTS referral_read ON referrals_referral;
CREATE POLICY referral_read ON referrals_referral FOR SELECT TO harbour_app USING (
    'authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('referral'))::text[])
    OR sent_by_id = (SELECT harbour_sec.uid())
    OR EXISTS (SELECT 1 FROM referrals_link l WHERE l.referral_id = referrals_referral.id
        AND NOT EXISTS (SELECT 1 FROM referrals_unlink u WHERE u.link_id = l.id)));
-- What speaks of a restricted child is there for those named alone; not even for the one who sent it.
DROP POLICY IF EXISTS referral_not_hidden ON referrals_referral;
CREATE POLICY referral_not_hidden ON referrals_referral AS RESTRICTIVE FOR ALL TO harbour_app
    USING (id <> ALL ((SELECT harbour_sec.hidden_referrals())::uuid[]));
-- Anybody whose role sends concerns may write one, in nobody else's name.
DROP POLICY IF EXISTS referral_add ON referrals_referral;
CREATE POLICY referral_add ON referrals_referral FOR INSERT TO harbour_app WITH CHECK (
    recorded_by_id = (SELECT harbour_sec.uid())
    AND (sent_by_id IS NULL OR sent_by_id = (SELECT harbour_sec.uid()))
    AND status = 'new' AND (SELECT harbour_sec.holds('referral:send')));
DROP POLICY IF EXISTS referral_change ON referrals_referral;
CREATE POLICY referral_change ON referrals_referral FOR UPDATE TO harbour_app
    USING ('authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('referral:write'))::text[]))
    WITH CHECK ('authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('referral:write'))::text[]));

ALTER TABLE referrals_describedchild ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_describedchild FORCE ROW LEVEL SECURITY;
REVOKE ALL ON referrals_describedchild FROM harbour_app;
GRANT SELECT, INSERT ON referrals_describedchild TO harbour_app;
DROP POLICY IF EXISTS described_read ON referrals_describedchild;
CREATE POLICY described_read ON referrals_describedchild FOR SELECT TO harbour_app
    USING (EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = referrals_describedchild.referral_id));
DROP POLICY IF EXISTS described_add ON referrals_describedchild;
CREATE POLICY described_add ON referrals_describedchild FOR INSERT TO harbour_app WITH CHECK (
    recorded_by_id = (SELECT harbour_sec.uid()) AND (SELECT harbour_sec.holds('referral:send'))
    AND harbour_sec.is_sending_referral(referral_id, recorded_at));

ALTER TABLE referrals_watch ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_watch FORCE ROW LEVEL SECURITY;
REVOKE ALL ON referrals_watch FROM harbour_app;
GRANT SELECT, INSERT ON referrals_watch TO harbour_app;
GRANT UPDATE (ends_at) ON referrals_watch TO harbour_app;
DROP POLICY IF EXISTS watch_read ON referrals_watch;
CREATE POLICY watch_read ON referrals_watch FOR SELECT TO harbour_app
    USING (EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = referrals_watch.referral_id));
DROP POLICY IF EXISTS watch_add ON referrals_watch;
CREATE POLICY watch_add ON referrals_watch FOR INSERT TO harbour_app
    WITH CHECK (harbour_sec.works_referral(referral_id));
DROP POLICY IF EXISTS watch_change ON referrals_watch;
CREATE POLICY watch_change ON referrals_watch FOR UPDATE TO harbour_app
    USING (harbour_sec.works_referral(referral_id));

ALTER TABLE referrals_firing ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_firing FORCE ROW LEVEL SECURITY;
REVOKE ALL ON referrals_firing FROM harbour_app;
GRANT SELECT ON referrals_firing TO harbour_app;
DROP POLICY IF EXISTS firing_read ON referrals_firing;
CREATE POLICY firing_read ON referrals_firing FOR SELECT TO harbour_app
    USING (EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = referrals_firing.referral_id)
        AND NOT harbour_sec.hides_news(id));

SET LOCAL ROLE harbour_sec_owner;
-- Fire every watch that the news touches, whoever keeps it: the one who brings the news may not see the watch
-- and learns nothing of it (nothing is returned). The referral's own news does not fire its own watch, and one
-- referral fires another once, however often it is told of (when sent, when linked, when decided).
CREATE OR REPLACE FUNCTION harbour_sec.fire_watches(
    p_children uuid[], p_places uuid[], p_phones text[], p_groups text[],
    p_source text, p_source_id uuid, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF harbour_sec.uid() IS NULL THEN RETURN; END IF;
    INSERT INTO referrals_firing (id, referral_id, kind, fired_at, source, source_id, reason, children)
    SELECT gen_random_uuid(), w.referral_id, min(w.kind), statement_timestamp(), p_source, p_source_id, p_reason,
        p_children
    FROM referrals_watch w
    WHERE (w.ends_at IS NULL OR w.ends_at > statement_timestamp())
      AND w.referral_id <> p_source_id
      AND (w.kind = 'child' AND w.value = ANY (p_children::text[])
        OR w.kind = 'place' AND w.value = ANY (p_places::text[])
        OR w.kind = 'phone' AND w.value = ANY (p_phones)
        OR w.kind = 'group' AND w.value = ANY (p_groups))
      AND NOT (p_source = 'referral' AND EXISTS (
        SELECT 1 FROM referrals_firing f WHERE f.referral_id = w.referral_id AND f.source_id = p_source_id))
    GROUP BY w.referral_id;
END $$;
REVOKE ALL ON FUNCTION harbour_sec.fire_watches(uuid[], uuid[], text[], text[], text, uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.fire_watches(uuid[], uuid[], text[], text[], text, uuid, text) TO harbour_app;

-- How much there is at the front door of the reader's authorities: numbers alone, so that no row is checked twice.
CREATE OR REPLACE FUNCTION harbour_sec.front_door_counts(p_today date)
RETURNS TABLE (new_ones bigint, late_ones bigint, watched_ones bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_authorities uuid[] := (
        SELECT coalesce(array_agg(split_part(a, ':', 2)::uuid), '{}')
        FROM unnest(harbour_sec.audiences('referral')) a WHERE a LIKE 'authority:%');
    v_hidden uuid[] := harbour_sec.hidden_referrals();
BEGIN
    RETURN QUERY
    SELECT count(*), count(*) FILTER (WHERE r.screening_due_on < p_today), (
        SELECT count(DISTINCT w.referral_id) FROM referrals_watch w JOIN referrals_referral o ON o.id = w.referral_id
        WHERE w.ends_at IS NULL AND o.authority_id = ANY (v_authorities) AND o.decision = 'nfa'
            AND o.id <> ALL (v_hidden))
    FROM referrals_referral r
    WHERE r.status = 'new' AND r.authority_id = ANY (v_authorities) AND r.id <> ALL (v_hidden);
END $$;
REVOKE ALL ON FUNCTION harbour_sec.front_door_counts(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.front_door_counts(date) TO harbour_app;

-- Hand a new concern to the authority it belongs to. The giver may not see it afterwards, so no policy can let the
-- update through: this function checks what the policy would, and changes the one column.
CREATE OR REPLACE FUNCTION harbour_sec.pass_referral(p_referral uuid, p_authority uuid, p_version int) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT harbour_sec.works_referral(p_referral) THEN RETURN false; END IF;
    UPDATE referrals_referral SET authority_id = p_authority, version = version + 1
    WHERE id = p_referral AND version = p_version AND status = 'new' AND authority_id <> p_authority
      AND EXISTS (SELECT 1 FROM agencies_agency a WHERE a.id = p_authority AND a.kind = 'authority' AND a.partner);
    RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION harbour_sec.pass_referral(uuid, uuid, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.pass_referral(uuid, uuid, int) TO harbour_app;

-- Drafts of the form: nobody lists them. Whoever knows the key (it is in one session) reads that one draft.
CREATE OR REPLACE FUNCTION harbour_sec.keep_draft(p_key text, p_answers jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF length(p_key) < 32 THEN RAISE EXCEPTION 'A draft needs an unguessable key.'; END IF;
    INSERT INTO referrals_draft (key_hash, answers, touched_at)
    VALUES (sha256(convert_to(p_key, 'UTF8')), p_answers, statement_timestamp())
    ON CONFLICT (key_hash) DO UPDATE SET answers = excluded.answers, touched_at = excluded.touched_at;
END $$;
CREATE OR REPLACE FUNCTION harbour_sec.draft(p_key text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT answers FROM referrals_draft WHERE key_hash = sha256(convert_to(p_key, 'UTF8'))
        AND touched_at > statement_timestamp() - interval '24 hours' $$;
-- Take a draft out: of two presses of the same button, one gets it.
CREATE OR REPLACE FUNCTION harbour_sec.take_draft(p_key text) RETURNS jsonb
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    DELETE FROM referrals_draft WHERE key_hash = sha256(convert_to(p_key, 'UTF8'))
        AND touched_at > statement_timestamp() - interval '24 hours' RETURNING answers $$;
CREATE OR REPLACE FUNCTION harbour_sec.dispose_of_drafts() RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_count int;
BEGIN
    DELETE FROM referrals_draft WHERE touched_at <= statement_timestamp() - interval '24 hours';
    GET DIAGNOSTICS v_count = ROW_COUNT;
    RETURN v_count;
END $$;
REVOKE ALL ON FUNCTION harbour_sec.keep_draft(text, jsonb), harbour_sec.draft(text), harbour_sec.take_draft(text),
    harbour_sec.dispose_of_drafts() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.keep_draft(text, jsonb), harbour_sec.draft(text), harbour_sec.take_draft(text),
    harbour_sec.dispose_of_drafts() TO harbour_app;
SET LOCAL ROLE harbour_owner;

ALTER TABLE referrals_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_draft FORCE ROW LEVEL SECURITY;
REVOKE ALL ON referrals_draft FROM harbour_app;
