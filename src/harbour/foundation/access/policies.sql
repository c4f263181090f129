-- The context the database trusts, the question every policy asks, and the one shape every policy has.
-- Sources of the recipes: docs/decisions/0002-the-database-decides.md.

SET LOCAL ROLE harbour_sec_owner;
GRANT USAGE ON SCHEMA harbour_sec TO harbour_owner, harbour_app;

-- HMAC-SHA256 out of the built-in sha256(): the key table holds the padded key, so no extension is needed.
CREATE OR REPLACE FUNCTION harbour_sec.hmac(p_kid int, p_message text) RETURNS bytea
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT sha256(opad || sha256(ipad || convert_to(p_message, 'UTF8'))) FROM harbour_sec.ctx_key WHERE kid = p_kid $$;

-- Who is asking: the user of a token that is genuine and was made for this very transaction; else nobody.
CREATE OR REPLACE FUNCTION harbour_sec.uid() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_token text := nullif(current_setting('harbour.ctx', true), '');
    v_part text[];
BEGIN
    IF v_token IS NULL THEN RETURN NULL; END IF;
    v_part := string_to_array(v_token, '|');
    IF array_length(v_part, 1) IS DISTINCT FROM 6
        OR v_part[1] !~ '^[0-9]{1,6}$'
        OR v_part[4] IS DISTINCT FROM pg_backend_pid()::text
        OR v_part[5] IS DISTINCT FROM ((extract(epoch FROM transaction_timestamp()) * 1000000)::bigint)::text
        OR encode(harbour_sec.hmac(v_part[1]::int, array_to_string(v_part[1:5], '|')), 'hex') IS DISTINCT FROM v_part[6]
    THEN RETURN NULL; END IF;
    RETURN v_part[2]::uuid;
END $$;

-- The audiences the reader belongs to today for one part of a record ('missing', 'missing:write' ...);
-- for '' those of any part. Roles and remits are looked up, never taken from the token.
CREATE OR REPLACE FUNCTION harbour_sec.audiences(p_what text) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_user uuid := harbour_sec.uid();
    v_today date := (statement_timestamp() AT TIME ZONE 'Europe/London')::date;
BEGIN
    IF v_user IS NULL THEN RETURN '{}'; END IF;
    RETURN (
        WITH held AS (
            SELECT h.team_id, g.reach
            FROM access_holding h
            JOIN access_user u ON u.id = h.user_id AND u.is_active AND (u.left_on IS NULL OR u.left_on > v_today)
            JOIN access_rolegrant g ON g.role = h.role
            WHERE h.user_id = v_user AND h.starts_on <= v_today AND (h.ends_on IS NULL OR h.ends_on > v_today)
              AND g.reach <> '' AND (p_what = '' OR g.what = p_what))
        SELECT coalesce(array_agg(DISTINCT a.audience), '{}') FROM (
            SELECT 'user:' || v_user AS audience FROM held
            UNION ALL
            SELECT 'agency:' || t.agency_id FROM held JOIN agencies_team t ON t.id = held.team_id
            UNION ALL
            SELECT 'authority:' || m.authority_id FROM held JOIN agencies_remit m ON m.team_id = held.team_id
            WHERE held.reach = 'authority' AND m.starts_on <= v_today AND (m.ends_on IS NULL OR m.ends_on > v_today)
        ) a);
END $$;

-- Whether the reader holds, today, a role with a right that is not a part of a child's record.
CREATE OR REPLACE FUNCTION harbour_sec.holds(p_what text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_today date := (statement_timestamp() AT TIME ZONE 'Europe/London')::date;
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM access_holding h
        JOIN access_user u ON u.id = h.user_id AND u.is_active AND (u.left_on IS NULL OR u.left_on > v_today)
        JOIN access_rolegrant g ON g.role = h.role AND g.what = p_what
        WHERE h.user_id = harbour_sec.uid() AND h.starts_on <= v_today AND (h.ends_on IS NULL OR h.ends_on > v_today));
END $$;

-- Whether the reader sees a part of one person's record. The policies say the same as a join; this
-- is for checks of single rows.
CREATE OR REPLACE FUNCTION harbour_sec.may_see(p_person uuid, p_what text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM people_standing s
        WHERE s.person_id = p_person
          AND s.audience = ANY (harbour_sec.audiences(p_what))
          AND split_part(p_what, ':', 1) = ANY (s.facets)
          AND (s.writes OR p_what NOT LIKE '%:write')
          AND s.starts_at <= statement_timestamp()
          AND (s.ends_at IS NULL OR s.ends_at > statement_timestamp()));
END $$;

-- Whether the person's record was opened by the reader and nobody has a standing with it yet: the one moment
-- at which a reader may give a first standing.
CREATE OR REPLACE FUNCTION harbour_sec.is_mine_and_new(p_person uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM people_person p WHERE p.id = p_person AND p.recorded_by_id = harbour_sec.uid())
       AND NOT EXISTS (SELECT 1 FROM people_standing s WHERE s.person_id = p_person);
END $$;

-- The one shape of a policy on a table whose rows belong to a person's record: a standing of that person, open
-- now, with an audience the reader belongs to for this part of the record. Run by the owner of the table.
CREATE OR REPLACE FUNCTION harbour_sec.protect(
    p_table regclass, p_person text, p_facet text, p_verbs text DEFAULT 'SELECT, INSERT, UPDATE') RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_read text := format(
        $q$EXISTS (SELECT 1 FROM public.people_standing s WHERE s.person_id = %s.%I
            AND s.audience = ANY ((SELECT harbour_sec.audiences(%L))::text[]) AND %L = ANY (s.facets)
            AND s.starts_at <= statement_timestamp()
            AND (s.ends_at IS NULL OR s.ends_at > statement_timestamp()))$q$, p_table, p_person, p_facet, p_facet);
    v_write text := format(
        $q$EXISTS (SELECT 1 FROM public.people_standing s WHERE s.person_id = %s.%I
            AND s.audience = ANY ((SELECT harbour_sec.audiences(%L))::text[]) AND %L = ANY (s.facets) AND s.writes
            AND s.starts_at <= statement_timestamp()
            AND (s.ends_at IS NULL OR s.ends_at > statement_timestamp()))$q$,
        p_table, p_person, p_facet || ':write', p_facet);
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', p_table);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', p_table);
    EXECUTE format('REVOKE ALL ON %s FROM harbour_app', p_table);
    EXECUTE format('GRANT %s ON %s TO harbour_app', p_verbs, p_table);
    EXECUTE format('DROP POLICY IF EXISTS record_read ON %s', p_table);
    EXECUTE format('DROP POLICY IF EXISTS record_add ON %s', p_table);
    EXECUTE format('DROP POLICY IF EXISTS record_change ON %s', p_table);
    EXECUTE format('CREATE POLICY record_read ON %s FOR SELECT TO harbour_app USING (%s)', p_table, v_read);
    IF p_verbs LIKE '%INSERT%' THEN
        EXECUTE format('CREATE POLICY record_add ON %s FOR INSERT TO harbour_app WITH CHECK (%s)', p_table, v_write);
    END IF;
    IF p_verbs LIKE '%UPDATE%' THEN
        EXECUTE format('CREATE POLICY record_change ON %s FOR UPDATE TO harbour_app USING (%s) WITH CHECK (%s)',
            p_table, v_write, v_write);
    END IF;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA harbour_sec FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.uid(), harbour_sec.audiences(text), harbour_sec.holds(text),
    harbour_sec.may_see(uuid, text), harbour_sec.is_mine_and_new(uuid) TO harbour_app, harbour_owner;
GRANT EXECUTE ON FUNCTION harbour_sec.protect(regclass, text, text, text) TO harbour_owner;
-- Functions made later in this schema are closed too until a room opens them by name.
ALTER DEFAULT PRIVILEGES IN SCHEMA harbour_sec REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

SET LOCAL ROLE harbour_owner;

-- People who sign in: read at sign-in, before there is a context (reviewed list of the catalog gate).
GRANT SELECT, INSERT, UPDATE ON access_user TO harbour_app;

ALTER TABLE access_holding ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_holding FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON access_holding TO harbour_app;
DROP POLICY IF EXISTS holding_read ON access_holding;
CREATE POLICY holding_read ON access_holding FOR SELECT TO harbour_app USING (true);
DROP POLICY IF EXISTS holding_add ON access_holding;
CREATE POLICY holding_add ON access_holding FOR INSERT TO harbour_app
    WITH CHECK ((SELECT harbour_sec.holds('holdings:write')) AND user_id <> (SELECT harbour_sec.uid()));
DROP POLICY IF EXISTS holding_change ON access_holding;
CREATE POLICY holding_change ON access_holding FOR UPDATE TO harbour_app
    USING ((SELECT harbour_sec.holds('holdings:write')) AND user_id <> (SELECT harbour_sec.uid()))
    WITH CHECK ((SELECT harbour_sec.holds('holdings:write')) AND user_id <> (SELECT harbour_sec.uid()));

ALTER TABLE access_rolegrant ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_rolegrant FORCE ROW LEVEL SECURITY;
GRANT SELECT ON access_rolegrant TO harbour_app;
DROP POLICY IF EXISTS rolegrant_read ON access_rolegrant;
CREATE POLICY rolegrant_read ON access_rolegrant FOR SELECT TO harbour_app USING (true);
