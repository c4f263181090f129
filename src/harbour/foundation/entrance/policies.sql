-- Which group of a provider gives which role. Read by everybody signed in or signing in: it names no person.
SET LOCAL ROLE harbour_owner;
ALTER TABLE entrance_identitymapping ENABLE ROW LEVEL SECURITY;
ALTER TABLE entrance_identitymapping FORCE ROW LEVEL SECURITY;
REVOKE ALL ON entrance_identitymapping FROM harbour_app;
GRANT SELECT, INSERT, UPDATE ON entrance_identitymapping TO harbour_app;
DROP POLICY IF EXISTS mapping_read ON entrance_identitymapping;
CREATE POLICY mapping_read ON entrance_identitymapping FOR SELECT TO harbour_app USING (true);
DROP POLICY IF EXISTS mapping_add ON entrance_identitymapping;
CREATE POLICY mapping_add ON entrance_identitymapping FOR INSERT TO harbour_app
    WITH CHECK ((SELECT harbour_sec.holds('holdings:write')) AND recorded_by_id = (SELECT harbour_sec.uid()));
DROP POLICY IF EXISTS mapping_change ON entrance_identitymapping;
CREATE POLICY mapping_change ON entrance_identitymapping FOR UPDATE TO harbour_app
    USING ((SELECT harbour_sec.holds('holdings:write')))
    WITH CHECK ((SELECT harbour_sec.holds('holdings:write')));

-- Codes for a first password: read before anybody is signed in, and by who gives them. One is given only where no
-- password is in use: to a new account, or after two people took the old one away.
ALTER TABLE entrance_activation ENABLE ROW LEVEL SECURITY;
ALTER TABLE entrance_activation FORCE ROW LEVEL SECURITY;
REVOKE ALL ON entrance_activation FROM harbour_app;
GRANT SELECT, INSERT ON entrance_activation TO harbour_app;
GRANT UPDATE (used_at) ON entrance_activation TO harbour_app;
DROP POLICY IF EXISTS activation_read ON entrance_activation;
CREATE POLICY activation_read ON entrance_activation FOR SELECT TO harbour_app
    USING ((SELECT harbour_sec.uid()) IS NULL OR (SELECT harbour_sec.holds('holdings:write')));
DROP POLICY IF EXISTS activation_give ON entrance_activation;
CREATE POLICY activation_give ON entrance_activation FOR INSERT TO harbour_app
    WITH CHECK ((SELECT harbour_sec.holds('holdings:write')) AND given_by_id = (SELECT harbour_sec.uid())
        AND user_id <> (SELECT harbour_sec.uid())
        AND EXISTS (SELECT 1 FROM access_user u WHERE u.id = user_id AND u.password LIKE '!%'));
DROP POLICY IF EXISTS activation_use ON entrance_activation;
CREATE POLICY activation_use ON entrance_activation FOR UPDATE TO harbour_app
    USING ((SELECT harbour_sec.uid()) IS NULL AND used_at IS NULL) WITH CHECK (used_at IS NOT NULL);

-- What happened to a sign-in: its owner reads it, is told, and lets go of what is old.
ALTER TABLE entrance_notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE entrance_notice FORCE ROW LEVEL SECURITY;
REVOKE ALL ON entrance_notice FROM harbour_app;
GRANT SELECT, DELETE ON entrance_notice TO harbour_app;
GRANT UPDATE (told_at) ON entrance_notice TO harbour_app;
DROP POLICY IF EXISTS notice_read ON entrance_notice;
CREATE POLICY notice_read ON entrance_notice FOR SELECT TO harbour_app USING (user_id = (SELECT harbour_sec.uid()));
DROP POLICY IF EXISTS notice_tell ON entrance_notice;
CREATE POLICY notice_tell ON entrance_notice FOR UPDATE TO harbour_app
    USING (user_id = (SELECT harbour_sec.uid())) WITH CHECK (user_id = (SELECT harbour_sec.uid()));
DROP POLICY IF EXISTS notice_drop ON entrance_notice;
CREATE POLICY notice_drop ON entrance_notice FOR DELETE TO harbour_app
    USING (user_id = (SELECT harbour_sec.uid()) AND at < statement_timestamp() - interval '90 days');

SET LOCAL ROLE harbour_sec_owner;
-- Write down what happened to the sign-in of a person, by her id or by the address that was typed, known or not: the
-- same statement for both. No flood: of one kind at most twenty an hour.
CREATE OR REPLACE FUNCTION harbour_sec.note_sign_in(
    p_user uuid, p_email text, p_kind text, p_at timestamptz, p_address text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO entrance_notice (id, user_id, kind, at, address)
    SELECT gen_random_uuid(), u.id, p_kind, p_at, left(p_address, 64) FROM access_user u
    WHERE (u.id = p_user OR p_user IS NULL AND lower(u.email) = lower(p_email)) AND NOT u.is_system
        AND (SELECT count(*) FROM entrance_notice n
             WHERE n.user_id = u.id AND n.kind = p_kind AND n.at > p_at - interval '1 hour') < 20;
$$;

-- A password is its owner's: nobody else who is signed in writes it, unless two people decided to take it away, and
-- then only away. Nobody signed in is the door itself: a code, or the same password kept more safely.
CREATE OR REPLACE FUNCTION harbour_sec.password_is_its_owners() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_user = 'harbour_app' AND harbour_sec.uid() IS NOT NULL AND harbour_sec.uid() <> NEW.id
        AND NOT (NEW.password LIKE '!%' AND harbour_sec.carrying_out(
            'staff.sign_in_help', jsonb_build_object('user_id', NEW.id))) THEN
        RAISE EXCEPTION 'It takes two people to take a password away.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

-- A second factor is its owner's too, and the public key of a passkey never changes under its name.
CREATE OR REPLACE FUNCTION harbour_sec.factor_is_its_owners() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_user uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.user_id ELSE NEW.user_id END;
BEGIN
    IF current_user = 'harbour_app' AND harbour_sec.uid() IS NOT NULL AND harbour_sec.uid() <> v_user
        AND NOT (TG_OP = 'DELETE' AND harbour_sec.carrying_out(
            'staff.sign_in_help', jsonb_build_object('user_id', v_user))) THEN
        RAISE EXCEPTION 'It takes two people to take a factor away.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'UPDATE' AND current_user = 'harbour_app' AND (OLD.user_id <> NEW.user_id OR OLD.type <> NEW.type
        OR OLD.type = 'webauthn' AND OLD.data->'credential' IS DISTINCT FROM NEW.data->'credential') THEN
        RAISE EXCEPTION 'A factor is not changed into another.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
REVOKE ALL ON FUNCTION harbour_sec.note_sign_in(uuid, text, text, timestamptz, text),
    harbour_sec.password_is_its_owners(), harbour_sec.factor_is_its_owners() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.note_sign_in(uuid, text, text, timestamptz, text) TO harbour_app;
GRANT EXECUTE ON FUNCTION harbour_sec.password_is_its_owners(), harbour_sec.factor_is_its_owners() TO harbour_owner;
SET LOCAL ROLE harbour_owner;
DROP TRIGGER IF EXISTS password_is_its_owners ON access_user;
CREATE TRIGGER password_is_its_owners BEFORE UPDATE OF password ON access_user
    FOR EACH ROW WHEN (OLD.password IS DISTINCT FROM NEW.password)
    EXECUTE FUNCTION harbour_sec.password_is_its_owners();
DROP TRIGGER IF EXISTS factor_is_its_owners ON mfa_authenticator;
CREATE TRIGGER factor_is_its_owners BEFORE INSERT OR UPDATE OR DELETE ON mfa_authenticator
    FOR EACH ROW EXECUTE FUNCTION harbour_sec.factor_is_its_owners();

-- Give and end what the groups of the person who is signing in give her, by the mapping of today. Nobody can do
-- it for somebody else, nothing that an administrator gave is touched, and no group makes an administrator.
SET LOCAL ROLE harbour_sec_owner;
CREATE OR REPLACE FUNCTION harbour_sec.align_holdings(p_user uuid, p_provider text, p_groups text[])
RETURNS TABLE (given int, ended int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_today date := (statement_timestamp() AT TIME ZONE 'Europe/London')::date;
BEGIN
    IF harbour_sec.uid() IS DISTINCT FROM p_user THEN
        RAISE insufficient_privilege USING MESSAGE = 'a person is brought in line when she signs in herself';
    END IF;
    UPDATE access_holding h SET ends_on = greatest(h.starts_on, v_today)
    WHERE h.user_id = p_user AND h.source = 'provider' AND (h.ends_on IS NULL OR h.ends_on > v_today)
        AND NOT EXISTS (
            SELECT 1 FROM entrance_identitymapping m
            WHERE m.provider = p_provider AND m."group" = ANY (p_groups) AND m.ended_at IS NULL
                AND m.role = h.role AND m.team_id = h.team_id);
    GET DIAGNOSTICS ended = ROW_COUNT;
    INSERT INTO access_holding (id, user_id, role, team_id, starts_on, source)
    SELECT gen_random_uuid(), p_user, w.role, w.team_id, v_today, 'provider'
    FROM (
        SELECT DISTINCT m.role, m.team_id FROM entrance_identitymapping m
        WHERE m.provider = p_provider AND m."group" = ANY (p_groups) AND m.ended_at IS NULL
            AND m.role <> 'system_administrator'
    ) w
    WHERE NOT EXISTS (
        SELECT 1 FROM access_holding h
        WHERE h.user_id = p_user AND h.role = w.role AND h.team_id = w.team_id
            AND (h.ends_on IS NULL OR h.ends_on > v_today));
    GET DIAGNOSTICS given = ROW_COUNT;
    RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION harbour_sec.align_holdings(uuid, text, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.align_holdings(uuid, text, text[]) TO harbour_app;
SET LOCAL ROLE harbour_owner;
