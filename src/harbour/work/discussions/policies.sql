-- Strategy discussions. What stands in them opens by a standing that covers the case (harbour_sec.protect, in the access
-- room), and to the agencies that are invited, as long as no restriction keeps the case from the reader.
SET LOCAL ROLE harbour_sec_owner;
-- The discussions to which an agency of the reader is invited.
CREATE OR REPLACE FUNCTION harbour_sec.invited_discussions() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT i.discussion_id FROM discussions_invitation i
        WHERE 'agency:' || i.agency_id = ANY (harbour_sec.audiences('case'))
          AND i.person_id <> ALL (harbour_sec.hidden_people('case')));
END $$;
REVOKE ALL ON FUNCTION harbour_sec.invited_discussions() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.invited_discussions() TO harbour_app;

-- Ask for a discussion where a child's episodes fulfil a repeat rule in force. Whoever reports the child missing may not
-- read asks (a home does not), so no policy can let the row through: this checks what a policy would, counts for itself,
-- and returns nothing. An ask that stands open is not asked again.
CREATE OR REPLACE FUNCTION harbour_sec.ask_for_discussion(p_episode uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_episode missing_episode;
    v_today date := (statement_timestamp() AT TIME ZONE 'Europe/London')::date;
BEGIN
    SELECT * INTO v_episode FROM missing_episode WHERE id = p_episode;
    IF NOT FOUND OR NOT harbour_sec.may_see(v_episode.person_id, 'missing:write') THEN RETURN; END IF;
    INSERT INTO discussions_ask (id, person_id, rule_id, episode_id, counted, recorded_at, reason)
    SELECT gen_random_uuid(), v_episode.person_id, r.number, v_episode.id, c.counted, statement_timestamp(), ''
    FROM missing_repeatrule r
    CROSS JOIN LATERAL (SELECT count(*) AS counted FROM missing_episode e
        WHERE e.person_id = v_episode.person_id AND e.started_at <= statement_timestamp()
          AND e.started_at > statement_timestamp() - r.days * interval '24 hours') c
    WHERE r.starts_on <= v_today AND (r.ends_on IS NULL OR r.ends_on > v_today) AND c.counted >= r.episodes
      -- Somebody has dealt with it since this episode was known: its return asks for nothing anew.
      AND NOT EXISTS (SELECT 1 FROM discussions_ask a WHERE a.person_id = v_episode.person_id
        AND (a.episode_id = v_episode.id OR a.answered_at >= v_episode.recorded_at))
    ORDER BY r.days LIMIT 1
    ON CONFLICT DO NOTHING;
END $$;
REVOKE ALL ON FUNCTION harbour_sec.ask_for_discussion(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.ask_for_discussion(uuid) TO harbour_app;
SET LOCAL ROLE harbour_owner;

SELECT harbour_sec.protect('discussions_discussion', 'person_id', 'case');
DROP POLICY IF EXISTS discussion_invited ON discussions_discussion;
CREATE POLICY discussion_invited ON discussions_discussion FOR SELECT TO harbour_app
    USING (id = ANY ((SELECT harbour_sec.invited_discussions())::uuid[]));

-- A discussion that is closed stays as it is.
DROP POLICY IF EXISTS discussion_open ON discussions_discussion;
CREATE POLICY discussion_open ON discussions_discussion AS RESTRICTIVE FOR UPDATE TO harbour_app
    USING (closed_at IS NULL) WITH CHECK (true);

SELECT harbour_sec.protect('discussions_decision', 'person_id', 'case');
DROP POLICY IF EXISTS decision_invited ON discussions_decision;
CREATE POLICY decision_invited ON discussions_decision FOR SELECT TO harbour_app
    USING (discussion_id = ANY ((SELECT harbour_sec.invited_discussions())::uuid[]));
-- What was decided stays as it was decided; whoever owns it says that it is done.
REVOKE UPDATE ON discussions_decision FROM harbour_app;
GRANT UPDATE (done_at, done_by_id, evidence, version) ON discussions_decision TO harbour_app;
DROP POLICY IF EXISTS decision_own ON discussions_decision;
CREATE POLICY decision_own ON discussions_decision FOR UPDATE TO harbour_app
    USING (owner_id = (SELECT harbour_sec.uid())) WITH CHECK (owner_id = (SELECT harbour_sec.uid()));

SELECT harbour_sec.protect('discussions_invitation', 'person_id', 'case');
DROP POLICY IF EXISTS invitation_invited ON discussions_invitation;
CREATE POLICY invitation_invited ON discussions_invitation FOR SELECT TO harbour_app
    USING (discussion_id = ANY ((SELECT harbour_sec.invited_discussions())::uuid[]));
-- An agency answers for itself, in the name of who answers; nobody changes who was invited, or as what.
REVOKE UPDATE ON discussions_invitation FROM harbour_app;
GRANT UPDATE (answer, note, answered_at, answered_by_id, attended, who) ON discussions_invitation TO harbour_app;
DROP POLICY IF EXISTS invitation_answer ON discussions_invitation;
CREATE POLICY invitation_answer ON discussions_invitation FOR UPDATE TO harbour_app
    USING (attended IS NULL AND 'agency:' || agency_id = ANY ((SELECT harbour_sec.audiences('case'))::text[])
        AND discussion_id = ANY ((SELECT harbour_sec.invited_discussions())::uuid[]))
    WITH CHECK (attended IS NULL AND answered_by_id = (SELECT harbour_sec.uid()));

-- An ask is made by the database alone, and answered by those who write the case.
SELECT harbour_sec.protect('discussions_ask', 'person_id', 'case', 'SELECT, UPDATE');
REVOKE UPDATE ON discussions_ask FROM harbour_app;
GRANT UPDATE (answered_at, answered_by_id, discussion_id, reason) ON discussions_ask TO harbour_app;
DROP POLICY IF EXISTS ask_open ON discussions_ask;
CREATE POLICY ask_open ON discussions_ask AS RESTRICTIVE FOR UPDATE TO harbour_app
    USING (answered_at IS NULL) WITH CHECK (answered_by_id = (SELECT harbour_sec.uid()));

-- Within how many days a discussion is held: configuration, no personal data.
ALTER TABLE discussions_heldwithin ENABLE ROW LEVEL SECURITY;
ALTER TABLE discussions_heldwithin FORCE ROW LEVEL SECURITY;
REVOKE ALL ON discussions_heldwithin FROM harbour_app;
GRANT SELECT ON discussions_heldwithin TO harbour_app;
DROP POLICY IF EXISTS heldwithin_read ON discussions_heldwithin;
CREATE POLICY heldwithin_read ON discussions_heldwithin FOR SELECT TO harbour_app USING (true);
