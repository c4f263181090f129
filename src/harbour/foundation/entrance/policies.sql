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
