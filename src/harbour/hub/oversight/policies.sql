-- Oversight: who looked at one record, and what the hub's own check of its ledger found.

SET LOCAL ROLE harbour_sec_owner;

-- Who did something with one record, newest first, for who reads the ledger. Under policies the index on subjects would
-- not be used: `@>` is not leakproof. So the right is asked here, once, and the rows are fetched by their ids.
CREATE OR REPLACE FUNCTION harbour_sec.looks_at(p_subject uuid, p_actor uuid, p_agency uuid, p_act text,
    p_since timestamptz, p_until timestamptz, p_skip int, p_take int) RETURNS TABLE (id uuid, total bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT harbour_sec.holds('audit:read') THEN RETURN; END IF;
    RETURN QUERY
        WITH found AS MATERIALIZED (
            SELECT e.id, e.at, e.actor_id, e.agency_id, e.act FROM audit_entry e
            WHERE e.subjects @> ARRAY[p_subject])
        SELECT f.id, count(*) OVER () FROM found f
        WHERE (p_actor IS NULL OR f.actor_id = p_actor) AND (p_agency IS NULL OR f.agency_id = p_agency)
          AND (p_act = '' OR f.act = p_act) AND (p_since IS NULL OR f.at >= p_since)
          AND (p_until IS NULL OR f.at < p_until)
        ORDER BY f.at DESC, f.id OFFSET p_skip LIMIT p_take;
END $$;

-- How many records one person's rows speak of in a period, counted once each: an export of names goes by it.
CREATE OR REPLACE FUNCTION harbour_sec.records_of(p_actor uuid, p_act text, p_since timestamptz, p_until timestamptz)
RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT harbour_sec.holds('audit:read') THEN RETURN 0; END IF;
    RETURN (SELECT count(DISTINCT s) FROM audit_entry e, unnest(e.subjects) s
        WHERE e.actor_id = p_actor AND (p_act = '' OR e.act = p_act)
          AND (p_since IS NULL OR e.at >= p_since) AND (p_until IS NULL OR e.at < p_until));
END $$;

-- Work the newest sealed batches out again: each row's hash, each batch's root and chain. An hourly look from inside;
-- `./harbour audit verify` is the whole one, and the witnesses the one from outside.
CREATE OR REPLACE FUNCTION harbour_sec.check_ledger(p_batches int DEFAULT 200) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_last bigint := (SELECT max(batch) FROM audit_seal);
    v_first bigint;
    v_entries int;
    v_faults int;
BEGIN
    IF v_last IS NULL THEN RETURN 0; END IF;
    v_first := greatest(v_last - least(p_batches, 2000) + 1, 1);
    SELECT coalesce(sum(r.entries), 0), count(*) FILTER (WHERE NOT r.holds) INTO v_entries, v_faults FROM (
        SELECT coalesce(b.entries, 0) AS entries,
            s.batch IS NOT NULL AND b.batch IS NOT NULL AND b.right_leaves AND b.entries = s.entries
                AND harbour_sec.merkle_root(b.leaves) = s.root
                AND s.chained = sha256(s.previous || s.root || int8send(s.batch) || int4send(s.entries))
                AND (s.batch = 1 OR s.previous = p.chained) AS holds
        FROM generate_series(v_first, v_last) n(batch)
        LEFT JOIN audit_seal s ON s.batch = n.batch
        LEFT JOIN audit_seal p ON p.batch = n.batch - 1
        LEFT JOIN LATERAL (
            SELECT e.batch, count(*)::int AS entries, array_agg(e.leaf ORDER BY e.id) AS leaves,
                bool_and(e.leaf = sha256('\x00'::bytea || harbour_sec.encode_fields(
                    '1', e.id::text, ((extract(epoch FROM e.at) * 1000000)::bigint)::text, e.actor_id::text,
                    e.actor_name, e.agency_id::text, e.agency_name, e.roles, e.session, e.request, e.act, e.event,
                    e.subjects::text, e.about_kind, e.about_id::text, e.groups::text, e.reason, e.results::text,
                    e.detail::text))) AS right_leaves
            FROM audit_entry e WHERE e.batch = n.batch GROUP BY e.batch) b ON true) r;
    INSERT INTO oversight_ledgercheck (id, checked_at, first_batch, last_batch, entries, faults)
    VALUES (gen_random_uuid(), statement_timestamp(), v_first, v_last, v_entries, v_faults);
    RETURN v_faults;
END $$;

REVOKE ALL ON FUNCTION harbour_sec.looks_at(uuid, uuid, uuid, text, timestamptz, timestamptz, int, int),
    harbour_sec.records_of(uuid, text, timestamptz, timestamptz), harbour_sec.check_ledger(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.looks_at(uuid, uuid, uuid, text, timestamptz, timestamptz, int, int),
    harbour_sec.records_of(uuid, text, timestamptz, timestamptz), harbour_sec.check_ledger(int) TO harbour_app;

SET LOCAL ROLE harbour_owner;

CREATE INDEX IF NOT EXISTS audit_entry_batch ON audit_entry (batch) WHERE batch IS NOT NULL;
REVOKE ALL ON oversight_ledgercheck FROM harbour_app;
GRANT SELECT ON oversight_ledgercheck TO harbour_app;
ALTER TABLE oversight_ledgercheck ENABLE ROW LEVEL SECURITY;
ALTER TABLE oversight_ledgercheck FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ledgercheck_read ON oversight_ledgercheck;
CREATE POLICY ledgercheck_read ON oversight_ledgercheck FOR SELECT TO harbour_app
    USING ((SELECT harbour_sec.holds('audit:read')));
