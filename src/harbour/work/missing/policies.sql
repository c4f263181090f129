-- Missing: every table of a child's record opens by a standing (harbour_sec.protect, in the access room).
SELECT harbour_sec.protect('missing_episode', 'person_id', 'missing');
SELECT harbour_sec.protect('missing_riskgrade', 'person_id', 'missing', 'SELECT, INSERT');
SELECT harbour_sec.protect('missing_logentry', 'person_id', 'missing', 'SELECT, INSERT');
SELECT harbour_sec.protect('missing_returninterview', 'person_id', 'missing');
-- What a child says in an interview may be about the very place she went missing from. Once something was said, the
-- row is read by those who read the case, by who is to hold the interview and by who held it; a home sees that it fell
-- due, and no more.
DROP POLICY IF EXISTS what_was_said ON missing_returninterview;
CREATE POLICY what_was_said ON missing_returninterview AS RESTRICTIVE FOR SELECT TO harbour_app USING (
    held_at IS NULL AND carer_account = '' AND declined_reason = ''
    OR interviewer_id = (SELECT harbour_sec.uid()) OR held_by_id = (SELECT harbour_sec.uid())
    OR EXISTS (SELECT 1 FROM people_standing s WHERE s.person_id = missing_returninterview.person_id
        AND s.audience = ANY ((SELECT harbour_sec.audiences('case'))::text[]) AND 'case' = ANY (s.facets)
        AND s.starts_at <= statement_timestamp() AND (s.ends_at IS NULL OR s.ends_at > statement_timestamp())));

-- Each answer to the offer, and what the police heard at the door: for the same readers, and for who wrote it down.
SELECT harbour_sec.protect('missing_interviewanswer', 'person_id', 'missing', 'SELECT, INSERT');
DROP POLICY IF EXISTS what_was_said ON missing_interviewanswer;
CREATE POLICY what_was_said ON missing_interviewanswer AS RESTRICTIVE FOR SELECT TO harbour_app USING (
    EXISTS (SELECT 1 FROM missing_returninterview i WHERE i.id = missing_interviewanswer.interview_id));
SELECT harbour_sec.protect('missing_preventioncheck', 'person_id', 'missing', 'SELECT, INSERT');
DROP POLICY IF EXISTS what_was_said ON missing_preventioncheck;
CREATE POLICY what_was_said ON missing_preventioncheck AS RESTRICTIVE FOR SELECT TO harbour_app USING (
    recorded_by_id = (SELECT harbour_sec.uid())
    OR EXISTS (SELECT 1 FROM people_standing s WHERE s.person_id = missing_preventioncheck.person_id
        AND s.audience = ANY ((SELECT harbour_sec.audiences('case'))::text[]) AND 'case' = ANY (s.facets)
        AND s.starts_at <= statement_timestamp() AND (s.ends_at IS NULL OR s.ends_at > statement_timestamp())));

-- The profile is for the night on which it is needed: whoever cares for the child reads it always, the police while the
-- child is missing.
SELECT harbour_sec.protect('missing_profile', 'person_id', 'missing', 'SELECT, INSERT');
DROP POLICY IF EXISTS profile_when_needed ON missing_profile;
CREATE POLICY profile_when_needed ON missing_profile AS RESTRICTIVE FOR SELECT TO harbour_app USING (
    (SELECT harbour_sec.holds('profile:always'))
    OR EXISTS (SELECT 1 FROM missing_episode e WHERE e.person_id = missing_profile.person_id AND NOT e.returned));

-- A sheet that was sent: who reads the episodes sees that it was, to whom and until when. It is changed by being closed.
SELECT harbour_sec.protect('missing_sentsheet', 'person_id', 'missing');
REVOKE UPDATE ON missing_sentsheet FROM harbour_app;
GRANT UPDATE (sealed, ended_at, ended_by_id) ON missing_sentsheet TO harbour_app;

-- A report that was begun and not sent: its author's own, and only for a child she may write about.
ALTER TABLE missing_reportdraft ENABLE ROW LEVEL SECURITY;
ALTER TABLE missing_reportdraft FORCE ROW LEVEL SECURITY;
REVOKE ALL ON missing_reportdraft FROM harbour_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON missing_reportdraft TO harbour_app;
DROP POLICY IF EXISTS draft_own ON missing_reportdraft;
CREATE POLICY draft_own ON missing_reportdraft FOR ALL TO harbour_app
    USING (user_id = (SELECT harbour_sec.uid()))
    WITH CHECK (user_id = (SELECT harbour_sec.uid()) AND harbour_sec.may_see(person_id, 'missing:write'));

-- When repeats ask for a strategy discussion: configuration, no personal data.
ALTER TABLE missing_repeatrule ENABLE ROW LEVEL SECURITY;
ALTER TABLE missing_repeatrule FORCE ROW LEVEL SECURITY;
REVOKE ALL ON missing_repeatrule FROM harbour_app;
GRANT SELECT ON missing_repeatrule TO harbour_app;
DROP POLICY IF EXISTS repeatrule_read ON missing_repeatrule;
CREATE POLICY repeatrule_read ON missing_repeatrule FOR SELECT TO harbour_app USING (true);

-- What a child said in a return interview, and all that was written down of it, stays as it was written, whoever writes:
-- who was there, who reviews it, the owner of the tables. What is to be put right is added beside it.
CREATE OR REPLACE FUNCTION harbour_missing_keep_words() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.held_at IS NOT NULL
       AND (NEW.person_id, NEW.episode_id, NEW.child_words, NEW.would_help, NEW.held_at, NEW.held_by_id,
            NEW.push_factors, NEW.pull_factors, NEW.where_text, NEW.who_text, NEW.travel_text, NEW.harm_text,
            NEW.places_named, NEW.people_named, NEW.actions_text, NEW.accepted, NEW.declined_reason,
            NEW.carer_account)
           IS DISTINCT FROM
           (OLD.person_id, OLD.episode_id, OLD.child_words, OLD.would_help, OLD.held_at, OLD.held_by_id,
            OLD.push_factors, OLD.pull_factors, OLD.where_text, OLD.who_text, OLD.travel_text, OLD.harm_text,
            OLD.places_named, OLD.people_named, OLD.actions_text, OLD.accepted, OLD.declined_reason,
            OLD.carer_account) THEN
        RAISE EXCEPTION 'The words of a child are never edited.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS missing_keep_words ON missing_returninterview;
CREATE TRIGGER missing_keep_words BEFORE UPDATE ON missing_returninterview
    FOR EACH ROW EXECUTE FUNCTION harbour_missing_keep_words();

-- The board asks for the interviews that wait, by the day the child came back. That day stands with the episode: a copy
-- stands with each interview while it waits, under an index of those alone, whoever writes either of the two.
SET LOCAL ROLE harbour_sec_owner;
CREATE OR REPLACE FUNCTION harbour_sec.interview_waits() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.waiting_since := NULL;
    IF NEW.held_at IS NULL AND NEW.offered NOT IN ('no', 'na') AND NEW.accepted NOT IN ('no', 'na') THEN
        SELECT coalesce(e.returned_at, e.return_recorded_at, NEW.recorded_at) INTO NEW.waiting_since
        FROM missing_episode e WHERE e.id = NEW.episode_id AND e.returned;
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION harbour_sec.return_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- The interview's own trigger reads the return anew.
    UPDATE missing_returninterview SET waiting_since = NULL WHERE episode_id = NEW.id;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION harbour_sec.interview_waits(), harbour_sec.return_changed() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.interview_waits(), harbour_sec.return_changed() TO harbour_owner;
SET LOCAL ROLE harbour_owner;
DROP TRIGGER IF EXISTS interview_waits ON missing_returninterview;
CREATE TRIGGER interview_waits BEFORE INSERT OR UPDATE ON missing_returninterview
    FOR EACH ROW EXECUTE FUNCTION harbour_sec.interview_waits();
DROP TRIGGER IF EXISTS return_changed ON missing_episode;
CREATE TRIGGER return_changed AFTER UPDATE ON missing_episode FOR EACH ROW
    WHEN ((OLD.returned, OLD.returned_at, OLD.return_recorded_at)
          IS DISTINCT FROM (NEW.returned, NEW.returned_at, NEW.return_recorded_at))
    EXECUTE FUNCTION harbour_sec.return_changed();

SET LOCAL ROLE harbour_sec_owner;
-- What decides an episode's population: who is responsible, who hosts, and whether the child was looked after, on one
-- day. For people who may record an episode, even where they do not see placements: a wrong population would be worse.
-- Only where a restriction keeps the placement from the reader, she is not told which authority hosts the child there.
CREATE OR REPLACE FUNCTION harbour_sec.missing_basis(p_person uuid, p_day date)
RETURNS TABLE (responsible uuid, host uuid, looked_after boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT harbour_sec.may_see(p_person, 'missing:write') THEN RETURN; END IF;
    RETURN QUERY
    WITH tie AS (
        SELECT t.kind, t.authority_id, t.starts_on, t.recorded_at FROM people_authoritytie t
        WHERE t.person_id = p_person AND (t.starts_on IS NULL OR t.starts_on <= p_day)
          AND (t.ends_on IS NULL OR t.ends_on > p_day)),
    placed AS (
        SELECT CASE WHEN NOT p_person = ANY (harbour_sec.hidden_people('placement')) THEN p.host_id END AS host_id
        FROM providers_placement p
        WHERE p.person_id = p_person AND p.starts_on <= p_day AND (p.ends_on IS NULL OR p.ends_on > p_day)
        ORDER BY p.starts_on DESC LIMIT 1)
    SELECT (SELECT t.authority_id FROM tie t WHERE t.kind = 'responsible'
            ORDER BY t.starts_on DESC NULLS LAST, t.recorded_at DESC LIMIT 1),
           coalesce((SELECT p.host_id FROM placed p),
                    (SELECT t.authority_id FROM tie t WHERE t.kind = 'host'
                     ORDER BY t.starts_on DESC NULLS LAST, t.recorded_at DESC LIMIT 1)),
           EXISTS (SELECT 1 FROM placed)
           OR EXISTS (SELECT 1 FROM people_carestatus c WHERE c.person_id = p_person
                      AND (c.starts_on IS NULL OR c.starts_on <= p_day) AND (c.ends_on IS NULL OR c.ends_on > p_day));
END $$;
REVOKE ALL ON FUNCTION harbour_sec.missing_basis(uuid, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.missing_basis(uuid, date) TO harbour_app;

-- What a sent sheet holds, sealed, for whoever has its link and says a passphrase. Each call is a try, and counted: after
-- ten, after its time, when it was closed or when the child is back there is nothing to try on.
CREATE OR REPLACE FUNCTION harbour_sec.sent_sheet(p_sheet uuid) RETURNS TABLE (salt bytea, sealed bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF harbour_sec.uid() IS NULL THEN RETURN; END IF;
    RETURN QUERY UPDATE missing_sentsheet s SET tries = s.tries + 1
    WHERE s.id = p_sheet AND s.sealed IS NOT NULL AND s.expires_at > statement_timestamp() AND s.tries < 10
      AND EXISTS (SELECT 1 FROM missing_episode e WHERE e.id = s.episode_id AND NOT e.returned)
    RETURNING s.salt, s.sealed;
END $$;
REVOKE ALL ON FUNCTION harbour_sec.sent_sheet(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.sent_sheet(uuid) TO harbour_app;

-- The right passphrase was said: count it, forget the wrong tries before it, and say whose sheet it was, for the ledger.
CREATE OR REPLACE FUNCTION harbour_sec.sheet_opened(p_sheet uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_person uuid;
BEGIN
    IF harbour_sec.uid() IS NULL THEN RETURN NULL; END IF;
    UPDATE missing_sentsheet s SET opens = s.opens + 1, opened_at = statement_timestamp(), tries = 0
    WHERE s.id = p_sheet AND s.sealed IS NOT NULL RETURNING s.person_id INTO v_person;
    RETURN v_person;
END $$;
REVOKE ALL ON FUNCTION harbour_sec.sheet_opened(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.sheet_opened(uuid) TO harbour_app;

-- What cannot be opened any more is emptied, whoever sent it. The worker calls this with no context.
CREATE OR REPLACE FUNCTION harbour_sec.empty_sheets() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_number bigint;
BEGIN
    UPDATE missing_sentsheet s SET sealed = NULL
    WHERE s.sealed IS NOT NULL AND (s.expires_at <= statement_timestamp()
        OR NOT EXISTS (SELECT 1 FROM missing_episode e WHERE e.id = s.episode_id AND NOT e.returned));
    GET DIAGNOSTICS v_number = ROW_COUNT;
    RETURN v_number;
END $$;
REVOKE ALL ON FUNCTION harbour_sec.empty_sheets() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.empty_sheets() TO harbour_app;
SET LOCAL ROLE harbour_owner;
