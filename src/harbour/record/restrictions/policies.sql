-- Restrictions: what they close is taken out of the standings of all who are not named, so every policy that asks a
-- standing respects them without knowing them. What reads past the policies asks harbour_sec.hidden_people().

SET LOCAL ROLE harbour_sec_owner;

-- The restrictions in which the reader is named: as their owner, or by name.
CREATE OR REPLACE FUNCTION harbour_sec.restrictions_naming_me() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(r.id), '{}') FROM restrictions_restriction r
    WHERE r.owner_id = harbour_sec.uid()
       OR EXISTS (SELECT 1 FROM restrictions_named n
                  WHERE n.restriction_id = r.id AND n.user_id = harbour_sec.uid() AND n.ended_at IS NULL) $$;

-- The restrictions that the reader owns: she alone learns who looked.
CREATE OR REPLACE FUNCTION harbour_sec.restrictions_of_mine() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(r.id), '{}') FROM restrictions_restriction r WHERE r.owner_id = harbour_sec.uid() $$;

-- The people of whom this part of the record is closed to the reader by a restriction. Nobody named, everybody hidden.
CREATE OR REPLACE FUNCTION harbour_sec.hidden_people(p_part text) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT r.person_id), '{}') FROM restrictions_restriction r
    WHERE r.lifted_at IS NULL AND (r.whole OR p_part = ANY (r.facets))
      AND r.owner_id IS DISTINCT FROM harbour_sec.uid()
      AND NOT EXISTS (SELECT 1 FROM restrictions_named n
                      WHERE n.restriction_id = r.id AND n.user_id = harbour_sec.uid() AND n.ended_at IS NULL) $$;

-- What stays open, of the parts granted, to an audience: a restriction closes its parts to every audience but the
-- people named in it, each by their own standing.
CREATE OR REPLACE FUNCTION harbour_sec.held_open(p_person uuid, p_audience text, p_granted text[]) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(g.part ORDER BY g.place), '{}')
    FROM unnest(p_granted) WITH ORDINALITY g(part, place)
    WHERE NOT EXISTS (
        SELECT 1 FROM restrictions_restriction r
        WHERE r.person_id = p_person AND r.lifted_at IS NULL AND (r.whole OR g.part = ANY (r.facets))
          AND 'user:' || r.owner_id <> p_audience
          AND NOT EXISTS (SELECT 1 FROM restrictions_named n WHERE n.restriction_id = r.id AND n.ended_at IS NULL
                          AND 'user:' || n.user_id = p_audience)) $$;

-- A restriction is taken, changed or lifted rarely: meanwhile nobody gives a standing, so none slips by. First of all
-- in the transaction, or two who restrict at once would wait for each other.
CREATE OR REPLACE FUNCTION harbour_sec.hold_standings() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF harbour_sec.holds('may:restrict') THEN
        LOCK TABLE people_standing IN SHARE ROW EXCLUSIVE MODE;
    END IF;
END $$;

CREATE OR REPLACE FUNCTION harbour_sec.hold_back(p_person uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    LOCK TABLE people_standing IN SHARE ROW EXCLUSIVE MODE;
    UPDATE people_standing s SET facets = harbour_sec.held_open(s.person_id, s.audience, s.granted)
    WHERE s.person_id = p_person AND s.facets <> harbour_sec.held_open(s.person_id, s.audience, s.granted);
END $$;

-- A new standing opens no more than restrictions leave. Runs after standing_granted (people room).
CREATE OR REPLACE FUNCTION harbour_sec.standing_held_back() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.facets := harbour_sec.held_open(NEW.person_id, NEW.audience, NEW.granted);
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION harbour_sec.restriction_holds_back() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM harbour_sec.hold_back(NEW.person_id);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION harbour_sec.naming_holds_back() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM harbour_sec.hold_back(r.person_id) FROM restrictions_restriction r WHERE r.id = NEW.restriction_id;
    RETURN NULL;
END $$;

-- What was restricted stays written; lifting takes an approval carried out in this very transaction, and is final.
CREATE OR REPLACE FUNCTION harbour_sec.restriction_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.lifted_at IS NOT NULL THEN
        RAISE EXCEPTION 'A lifted restriction stays as it is.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.lifted_at IS NOT NULL AND NOT harbour_sec.carrying_out(
        'restrictions.lift', jsonb_build_object('restriction_id', NEW.id)) THEN
        RAISE EXCEPTION 'It takes two people to lift a restriction.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

-- The owner is named as long as the restriction stands; who was un-named stays un-named in that row.
CREATE OR REPLACE FUNCTION harbour_sec.naming_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL OR EXISTS (
        SELECT 1 FROM restrictions_restriction r
        WHERE r.id = OLD.restriction_id AND r.owner_id = OLD.user_id AND r.lifted_at IS NULL) THEN
        RAISE EXCEPTION 'The owner stays named, and what has ended stays ended.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- A seal is set once, and taken off only once its restriction is lifted.
CREATE OR REPLACE FUNCTION harbour_sec.seal_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.seal IS NOT NULL AND NEW.seal IS DISTINCT FROM OLD.seal AND EXISTS (
        SELECT 1 FROM restrictions_restriction r WHERE r.id = OLD.seal AND r.lifted_at IS NULL) THEN
        RAISE EXCEPTION 'A seal stays until its restriction is lifted.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- The restrictions whose sealed rows the reader may read: where she is named, and the lifted ones.
CREATE OR REPLACE FUNCTION harbour_sec.open_seals() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT harbour_sec.restrictions_naming_me()
        || coalesce((SELECT array_agg(r.id) FROM restrictions_restriction r WHERE r.lifted_at IS NOT NULL), '{}') $$;

-- Whether the reader may say who is named: who is named herself and may restrict; or who wrote the restriction down at
-- this very moment, named or not.
CREATE OR REPLACE FUNCTION harbour_sec.names_people(p_restriction uuid, p_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT harbour_sec.holds('may:restrict') AND (
        p_restriction = ANY (harbour_sec.restrictions_naming_me())
        OR EXISTS (SELECT 1 FROM restrictions_restriction r WHERE r.id = p_restriction
                   AND r.recorded_by_id = harbour_sec.uid() AND r.recorded_at = p_at)) $$;

-- Tell the owners of restricted records that the reader looked for these people. Nothing is returned, nobody else
-- learns of it; the same person trying again within five minutes is told of once. Everything is looked up whether or
-- not there is somebody to tell, so that the time taken says as little as it can.
CREATE OR REPLACE FUNCTION harbour_sec.look_out(p_people uuid[], p_how text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_user uuid := harbour_sec.uid();
    v_hidden uuid[] := harbour_sec.hidden_people('identity');
    v_mine uuid[] := harbour_sec.restrictions_naming_me();
    v_told uuid[] := ARRAY(
        SELECT l.restriction_id FROM restrictions_lookout l
        WHERE l.by_id = v_user AND l.how = p_how AND l.at > statement_timestamp() - interval '5 minutes');
    v_new uuid[];
BEGIN
    IF v_user IS NULL OR p_how NOT IN ('search', 'address', 'emergency') THEN RETURN; END IF;
    v_new := ARRAY(
        SELECT r.id FROM restrictions_restriction r
        WHERE r.whole AND r.lifted_at IS NULL AND r.person_id = ANY (v_hidden) AND r.person_id = ANY (p_people)
          AND r.id <> ALL (v_mine) AND r.id <> ALL (v_told));
    INSERT INTO restrictions_lookout (id, restriction_id, at, by_id, how)
    SELECT gen_random_uuid(), id, statement_timestamp(), v_user, p_how FROM unnest(v_new) id;
END $$;

-- Whether somebody may be spoken of in another's record: a relation to a hidden person is hidden with them.
CREATE OR REPLACE FUNCTION harbour_sec.may_be_spoken_of(p_person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT p_person <> ALL (harbour_sec.hidden_people('identity')) $$;

REVOKE ALL ON FUNCTION harbour_sec.may_be_spoken_of(uuid),
    harbour_sec.restrictions_naming_me(), harbour_sec.restrictions_of_mine(),
    harbour_sec.hidden_people(text), harbour_sec.held_open(uuid, text, text[]), harbour_sec.hold_standings(),
    harbour_sec.hold_back(uuid), harbour_sec.standing_held_back(), harbour_sec.restriction_holds_back(),
    harbour_sec.naming_holds_back(), harbour_sec.restriction_stays(), harbour_sec.naming_stays(),
    harbour_sec.seal_stays(), harbour_sec.open_seals(), harbour_sec.names_people(uuid, timestamptz),
    harbour_sec.look_out(uuid[], text) FROM PUBLIC;
-- hidden_people() is for other functions of the database alone: the application is never told whom it does not see.
GRANT EXECUTE ON FUNCTION harbour_sec.restrictions_naming_me(), harbour_sec.restrictions_of_mine(),
    harbour_sec.hold_standings(), harbour_sec.open_seals(), harbour_sec.names_people(uuid, timestamptz),
    harbour_sec.look_out(uuid[], text), harbour_sec.may_be_spoken_of(uuid) TO harbour_app;
GRANT EXECUTE ON FUNCTION harbour_sec.standing_held_back(), harbour_sec.restriction_holds_back(),
    harbour_sec.naming_holds_back(), harbour_sec.restriction_stays(), harbour_sec.naming_stays(),
    harbour_sec.seal_stays() TO harbour_owner;
SET LOCAL ROLE harbour_owner;

DROP TRIGGER IF EXISTS standing_held_back ON people_standing;
CREATE TRIGGER standing_held_back BEFORE INSERT ON people_standing
    FOR EACH ROW EXECUTE FUNCTION harbour_sec.standing_held_back();
DROP TRIGGER IF EXISTS restriction_stays ON restrictions_restriction;
CREATE TRIGGER restriction_stays BEFORE UPDATE ON restrictions_restriction
    FOR EACH ROW EXECUTE FUNCTION harbour_sec.restriction_stays();
DROP TRIGGER IF EXISTS restriction_holds_back ON restrictions_restriction;
CREATE TRIGGER restriction_holds_back AFTER INSERT OR UPDATE OF lifted_at, owner_id ON restrictions_restriction
    FOR EACH ROW EXECUTE FUNCTION harbour_sec.restriction_holds_back();
DROP TRIGGER IF EXISTS naming_stays ON restrictions_named;
CREATE TRIGGER naming_stays BEFORE UPDATE ON restrictions_named
    FOR EACH ROW EXECUTE FUNCTION harbour_sec.naming_stays();
DROP TRIGGER IF EXISTS naming_holds_back ON restrictions_named;
CREATE TRIGGER naming_holds_back AFTER INSERT OR UPDATE ON restrictions_named
    FOR EACH ROW EXECUTE FUNCTION harbour_sec.naming_holds_back();
DROP TRIGGER IF EXISTS seal_stays ON people_address;
CREATE TRIGGER seal_stays BEFORE UPDATE OF seal ON people_address
    FOR EACH ROW EXECUTE FUNCTION harbour_sec.seal_stays();
DROP TRIGGER IF EXISTS seal_stays ON people_phone;
CREATE TRIGGER seal_stays BEFORE UPDATE OF seal ON people_phone
    FOR EACH ROW EXECUTE FUNCTION harbour_sec.seal_stays();

-- Who is named reads the restriction and who else is named; nobody else knows that there is one. Nor does who is named
-- for a part or a row, of a child whom another restriction hides from her.
ALTER TABLE restrictions_restriction ENABLE ROW LEVEL SECURITY;
ALTER TABLE restrictions_restriction FORCE ROW LEVEL SECURITY;
REVOKE ALL ON restrictions_restriction FROM harbour_app;
GRANT SELECT, INSERT ON restrictions_restriction TO harbour_app;
GRANT UPDATE (review_on, reviewed_at, reviewed_by_id, lifted_at, lifted_by_id, lifted_reason)
    ON restrictions_restriction TO harbour_app;
DROP POLICY IF EXISTS restriction_read ON restrictions_restriction;
CREATE POLICY restriction_read ON restrictions_restriction FOR SELECT TO harbour_app
    USING (id = ANY ((SELECT harbour_sec.restrictions_naming_me())::uuid[])
        AND harbour_sec.may_be_spoken_of(person_id));
DROP POLICY IF EXISTS restriction_add ON restrictions_restriction;
CREATE POLICY restriction_add ON restrictions_restriction FOR INSERT TO harbour_app WITH CHECK (
    recorded_by_id = (SELECT harbour_sec.uid()) AND lifted_at IS NULL
    AND (SELECT harbour_sec.holds('may:restrict')) AND harbour_sec.may_see(person_id, 'sharing:write'));
DROP POLICY IF EXISTS restriction_change ON restrictions_restriction;
CREATE POLICY restriction_change ON restrictions_restriction FOR UPDATE TO harbour_app
    USING (id = ANY ((SELECT harbour_sec.restrictions_naming_me())::uuid[])
        AND (SELECT harbour_sec.holds('may:restrict')))
    WITH CHECK (id = ANY ((SELECT harbour_sec.restrictions_naming_me())::uuid[])
        AND (SELECT harbour_sec.holds('may:restrict')));

ALTER TABLE restrictions_named ENABLE ROW LEVEL SECURITY;
ALTER TABLE restrictions_named FORCE ROW LEVEL SECURITY;
REVOKE ALL ON restrictions_named FROM harbour_app;
GRANT SELECT, INSERT ON restrictions_named TO harbour_app;
GRANT UPDATE (ended_at, ended_by_id, ended_reason) ON restrictions_named TO harbour_app;
DROP POLICY IF EXISTS named_read ON restrictions_named;
CREATE POLICY named_read ON restrictions_named FOR SELECT TO harbour_app
    USING (EXISTS (SELECT 1 FROM restrictions_restriction r WHERE r.id = restrictions_named.restriction_id));
DROP POLICY IF EXISTS named_add ON restrictions_named;
CREATE POLICY named_add ON restrictions_named FOR INSERT TO harbour_app WITH CHECK (
    recorded_by_id = (SELECT harbour_sec.uid()) AND ended_at IS NULL
    AND harbour_sec.names_people(restriction_id, recorded_at));
DROP POLICY IF EXISTS named_change ON restrictions_named;
CREATE POLICY named_change ON restrictions_named FOR UPDATE TO harbour_app
    USING (harbour_sec.names_people(restriction_id, NULL))
    WITH CHECK (ended_by_id = (SELECT harbour_sec.uid()));

-- Lookouts are written by harbour_sec.look_out() alone, and read by the owner alone.
ALTER TABLE restrictions_lookout ENABLE ROW LEVEL SECURITY;
ALTER TABLE restrictions_lookout FORCE ROW LEVEL SECURITY;
REVOKE ALL ON restrictions_lookout FROM harbour_app;
GRANT SELECT ON restrictions_lookout TO harbour_app;
GRANT UPDATE (read_at) ON restrictions_lookout TO harbour_app;
DROP POLICY IF EXISTS lookout_read ON restrictions_lookout;
CREATE POLICY lookout_read ON restrictions_lookout FOR SELECT TO harbour_app
    USING (restriction_id = ANY ((SELECT harbour_sec.restrictions_of_mine())::uuid[]));
DROP POLICY IF EXISTS lookout_change ON restrictions_lookout;
CREATE POLICY lookout_change ON restrictions_lookout FOR UPDATE TO harbour_app
    USING (restriction_id = ANY ((SELECT harbour_sec.restrictions_of_mine())::uuid[]))
    WITH CHECK (restriction_id = ANY ((SELECT harbour_sec.restrictions_of_mine())::uuid[]));

-- A sealed row is read and changed by who is named in its restriction; an unsealed one as every other.
DROP POLICY IF EXISTS seal_read ON people_address;
CREATE POLICY seal_read ON people_address AS RESTRICTIVE FOR SELECT TO harbour_app
    USING (seal IS NULL OR seal = ANY ((SELECT harbour_sec.open_seals())::uuid[]));
DROP POLICY IF EXISTS seal_add ON people_address;
CREATE POLICY seal_add ON people_address AS RESTRICTIVE FOR INSERT TO harbour_app
    WITH CHECK (seal IS NULL OR seal = ANY ((SELECT harbour_sec.open_seals())::uuid[]));
DROP POLICY IF EXISTS seal_change ON people_address;
CREATE POLICY seal_change ON people_address AS RESTRICTIVE FOR UPDATE TO harbour_app
    USING (seal IS NULL OR seal = ANY ((SELECT harbour_sec.open_seals())::uuid[]));
DROP POLICY IF EXISTS seal_read ON people_phone;
CREATE POLICY seal_read ON people_phone AS RESTRICTIVE FOR SELECT TO harbour_app
    USING (seal IS NULL OR seal = ANY ((SELECT harbour_sec.open_seals())::uuid[]));
DROP POLICY IF EXISTS seal_add ON people_phone;
CREATE POLICY seal_add ON people_phone AS RESTRICTIVE FOR INSERT TO harbour_app
    WITH CHECK (seal IS NULL OR seal = ANY ((SELECT harbour_sec.open_seals())::uuid[]));
DROP POLICY IF EXISTS seal_change ON people_phone;
CREATE POLICY seal_change ON people_phone AS RESTRICTIVE FOR UPDATE TO harbour_app
    USING (seal IS NULL OR seal = ANY ((SELECT harbour_sec.open_seals())::uuid[]));

DROP POLICY IF EXISTS relation_to_the_visible ON people_relation;
CREATE POLICY relation_to_the_visible ON people_relation AS RESTRICTIVE FOR SELECT TO harbour_app
    USING (harbour_sec.may_be_spoken_of(other_id));

-- A proposal to lift names the child and the restriction: it is for those who are named.
DROP POLICY IF EXISTS lift_for_the_named ON approvals_proposal;
CREATE POLICY lift_for_the_named ON approvals_proposal AS RESTRICTIVE FOR SELECT TO harbour_app USING (
    code <> 'restrictions.lift' OR about_id = ANY ((SELECT harbour_sec.restrictions_naming_me())::uuid[]));
