-- A referral is open to the partnership of the authority that received it, to those who see a linked child's
-- referrals, and to the person with an account who sent it.

SELECT harbour_sec.protect('referrals_link', 'person_id', 'referral', 'SELECT, INSERT');

ALTER TABLE referrals_referral ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_referral FORCE ROW LEVEL SECURITY;
REVOKE ALL ON referrals_referral FROM harbour_app;
GRANT SELECT, INSERT, UPDATE ON referrals_referral TO harbour_app;
DROP POLICY IF EXISTS referral_read ON referrals_referral;
CREATE POLICY referral_read ON referrals_referral FOR SELECT TO harbour_app USING (
    'authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('referral'))::text[])
    OR sent_by_id = (SELECT harbour_sec.uid())
    OR EXISTS (SELECT 1 FROM referrals_link l WHERE l.referral_id = referrals_referral.id));
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
    recorded_by_id = (SELECT harbour_sec.uid()) AND (SELECT harbour_sec.holds('referral:send')));

ALTER TABLE referrals_watch ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_watch FORCE ROW LEVEL SECURITY;
REVOKE ALL ON referrals_watch FROM harbour_app;
GRANT SELECT, INSERT ON referrals_watch TO harbour_app;
GRANT UPDATE (ends_at) ON referrals_watch TO harbour_app;
DROP POLICY IF EXISTS watch_read ON referrals_watch;
CREATE POLICY watch_read ON referrals_watch FOR SELECT TO harbour_app
    USING (EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = referrals_watch.referral_id));
DROP POLICY IF EXISTS watch_add ON referrals_watch;
CREATE POLICY watch_add ON referrals_watch FOR INSERT TO harbour_app WITH CHECK (EXISTS (
    SELECT 1 FROM referrals_referral r WHERE r.id = referrals_watch.referral_id
      AND 'authority:' || r.authority_id = ANY ((SELECT harbour_sec.audiences('referral:write'))::text[])));
DROP POLICY IF EXISTS watch_change ON referrals_watch;
CREATE POLICY watch_change ON referrals_watch FOR UPDATE TO harbour_app USING (EXISTS (
    SELECT 1 FROM referrals_referral r WHERE r.id = referrals_watch.referral_id
      AND 'authority:' || r.authority_id = ANY ((SELECT harbour_sec.audiences('referral:write'))::text[])));

ALTER TABLE referrals_firing ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_firing FORCE ROW LEVEL SECURITY;
REVOKE ALL ON referrals_firing FROM harbour_app;
GRANT SELECT ON referrals_firing TO harbour_app;
DROP POLICY IF EXISTS firing_read ON referrals_firing;
CREATE POLICY firing_read ON referrals_firing FOR SELECT TO harbour_app
    USING (EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = referrals_firing.referral_id));

SET LOCAL ROLE harbour_sec_owner;
-- Fire every watch that the news touches, whoever keeps it: the one who brings the news may not see the watch
-- and learns nothing of it (nothing is returned). The referral's own news does not fire its own watch.
CREATE OR REPLACE FUNCTION harbour_sec.fire_watches(
    p_children uuid[], p_places uuid[], p_phones text[], p_groups text[],
    p_source text, p_source_id uuid, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF harbour_sec.uid() IS NULL THEN RETURN; END IF;
    INSERT INTO referrals_firing (id, referral_id, kind, fired_at, source, source_id, reason)
    SELECT gen_random_uuid(), w.referral_id, min(w.kind), statement_timestamp(), p_source, p_source_id, p_reason
    FROM referrals_watch w
    WHERE (w.ends_at IS NULL OR w.ends_at > statement_timestamp())
      AND w.referral_id <> p_source_id
      AND (w.kind = 'child' AND w.value = ANY (p_children::text[])
        OR w.kind = 'place' AND w.value = ANY (p_places::text[])
        OR w.kind = 'phone' AND w.value = ANY (p_phones)
        OR w.kind = 'group' AND w.value = ANY (p_groups))
    GROUP BY w.referral_id;
END $$;
REVOKE ALL ON FUNCTION harbour_sec.fire_watches(uuid[], uuid[], text[], text[], text, uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.fire_watches(uuid[], uuid[], text[], text[], text, uuid, text) TO harbour_app;
SET LOCAL ROLE harbour_owner;
