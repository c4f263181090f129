-- People: every table opens by a standing (harbour_sec.protect, in the access room).

-- The standing itself: a reader reads the standings of her own audiences.
ALTER TABLE people_standing ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_standing FORCE ROW LEVEL SECURITY;
REVOKE ALL ON people_standing FROM harbour_app;
GRANT SELECT, INSERT ON people_standing TO harbour_app;
-- Nobody changes a standing by hand: harbour_sec.end_standings() ends those of one cause.
DROP POLICY IF EXISTS standing_read ON people_standing;
CREATE POLICY standing_read ON people_standing FOR SELECT TO harbour_app
    USING (audience = ANY ((SELECT harbour_sec.audiences(''))::text[]));
-- A first standing with a record just opened goes to an audience of one's own; later ones need writing rights.
DROP POLICY IF EXISTS standing_add ON people_standing;
CREATE POLICY standing_add ON people_standing FOR INSERT TO harbour_app WITH CHECK (
    recorded_by_id = harbour_sec.uid()
    AND (harbour_sec.may_see(person_id, 'identity:write')
         OR basis = 'shared' AND harbour_sec.may_see(person_id, 'sharing:write')
         OR basis = 'allocated' AND harbour_sec.may_see(person_id, 'case:write')
         OR basis IN ('placed', 'host') AND harbour_sec.may_see(person_id, 'placement:write')
         OR audience = ANY (harbour_sec.audiences('identity:write')) AND harbour_sec.is_mine_and_new(person_id)));
DROP POLICY IF EXISTS standing_change ON people_standing;

SELECT harbour_sec.protect('people_person', 'id', 'identity');
-- A person is opened before anybody stands with them.
DROP POLICY IF EXISTS record_add ON people_person;
CREATE POLICY record_add ON people_person FOR INSERT TO harbour_app
    WITH CHECK (recorded_by_id = (SELECT harbour_sec.uid()) AND (SELECT harbour_sec.holds('identity:write')));
SELECT harbour_sec.protect('people_name', 'person_id', 'identity');
SELECT harbour_sec.protect('people_identifier', 'person_id', 'identity');
SELECT harbour_sec.protect('people_personrole', 'person_id', 'identity');
SELECT harbour_sec.protect('people_authoritytie', 'person_id', 'identity');
SELECT harbour_sec.protect('people_concernprofile', 'person_id', 'case');
SELECT harbour_sec.protect('people_address', 'person_id', 'contact');
SELECT harbour_sec.protect('people_phone', 'person_id', 'contact');
SELECT harbour_sec.protect('people_schooling', 'person_id', 'contact');
SELECT harbour_sec.protect('people_relation', 'person_id', 'contact');
SELECT harbour_sec.protect('people_carestatus', 'person_id', 'placement');

SET LOCAL ROLE harbour_sec_owner;
-- Who stands with a person: for readers who see how the record is shared. Every other reader gets nothing. What a
-- restriction holds back shows as held back to who reads that part herself; to all others it shows as it was given, and
-- who is named in a restriction of parts they do not read does not show.
DROP FUNCTION IF EXISTS harbour_sec.standings_of(uuid);
CREATE FUNCTION harbour_sec.standings_of(p_person uuid)
RETURNS TABLE (id uuid, audience text, basis text, facets text[], granted text[], writes boolean,
    starts_at timestamptz, ends_at timestamptz, because_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_read text[];
BEGIN
    IF NOT harbour_sec.may_see(p_person, 'sharing') THEN RETURN; END IF;
    v_read := ARRAY(SELECT DISTINCT part FROM people_standing s, unnest(s.granted) part
                    WHERE s.person_id = p_person AND harbour_sec.may_see(p_person, part));
    RETURN QUERY SELECT s.id, s.audience, s.basis,
            ARRAY(SELECT g.part FROM unnest(s.granted) WITH ORDINALITY g(part, place)
                  WHERE g.part = ANY (s.facets) OR NOT g.part = ANY (v_read) ORDER BY g.place),
            s.granted, s.writes, s.starts_at, s.ends_at, s.because_id
        FROM people_standing s
        WHERE s.person_id = p_person AND (s.basis <> 'named' OR s.granted <@ v_read)
        ORDER BY s.starts_at;
END $$;
-- End every open standing of one cause (a share withdrawn, an allocation ended). The caller must be able to write it.
CREATE OR REPLACE FUNCTION harbour_sec.end_standings(p_person uuid, p_because uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_count int;
BEGIN
    IF NOT (harbour_sec.may_see(p_person, 'identity:write') OR harbour_sec.may_see(p_person, 'sharing:write')
            OR harbour_sec.may_see(p_person, 'placement:write') OR harbour_sec.may_see(p_person, 'case:write')) THEN
        RETURN 0;
    END IF;
    UPDATE people_standing SET ends_at = greatest(starts_at, statement_timestamp()), ended_by_id = harbour_sec.uid()
    WHERE person_id = p_person AND because_id = p_because AND (ends_at IS NULL OR ends_at > statement_timestamp());
    GET DIAGNOSTICS v_count = ROW_COUNT;
    RETURN v_count;
END $$;
REVOKE ALL ON FUNCTION harbour_sec.standings_of(uuid), harbour_sec.end_standings(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.standings_of(uuid), harbour_sec.end_standings(uuid, uuid) TO harbour_app;
SET LOCAL ROLE harbour_owner;

-- A standing meant to begin now begins now: a web server whose clock is a moment ahead of the database's would
-- lock the writer out of the record she just opened. One that is to begin later keeps its day.
SET LOCAL ROLE harbour_sec_owner;
CREATE OR REPLACE FUNCTION harbour_sec.standing_begins() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.starts_at < statement_timestamp() + interval '5 minutes' THEN
        NEW.starts_at := least(NEW.starts_at, statement_timestamp());
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION harbour_sec.standing_begins() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.standing_begins() TO harbour_owner;
SET LOCAL ROLE harbour_owner;
DROP TRIGGER IF EXISTS standing_begins ON people_standing;
CREATE TRIGGER standing_begins BEFORE INSERT ON people_standing
    FOR EACH ROW EXECUTE FUNCTION harbour_sec.standing_begins();

-- What a standing grants is written once, as it is given; what stands open of it may be less: a restriction keeps parts
-- back (record/restrictions, whose trigger runs after this one).
SET LOCAL ROLE harbour_sec_owner;
CREATE OR REPLACE FUNCTION harbour_sec.standing_granted() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.granted := NEW.facets;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION harbour_sec.standing_granted() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.standing_granted() TO harbour_owner;
SET LOCAL ROLE harbour_owner;

-- Why a person opened a record: said in one's own name, about a record one sees; read by oneself and the records officer.
-- The older migrations of this room run this file before the table is there.
DO $$ BEGIN
    IF to_regclass('people_statedreason') IS NULL THEN RETURN; END IF;
    ALTER TABLE people_statedreason ENABLE ROW LEVEL SECURITY;
    ALTER TABLE people_statedreason FORCE ROW LEVEL SECURITY;
    REVOKE ALL ON people_statedreason FROM harbour_app;
    GRANT SELECT, INSERT ON people_statedreason TO harbour_app;
    DROP POLICY IF EXISTS reason_read ON people_statedreason;
    CREATE POLICY reason_read ON people_statedreason FOR SELECT TO harbour_app
        USING (user_id = (SELECT harbour_sec.uid()) OR (SELECT harbour_sec.holds('audit:read')));
    DROP POLICY IF EXISTS reason_add ON people_statedreason;
    CREATE POLICY reason_add ON people_statedreason FOR INSERT TO harbour_app
        WITH CHECK (user_id = (SELECT harbour_sec.uid()) AND harbour_sec.may_see(person_id, 'identity'));
END $$;
