-- The ledger: append-only, hashed as written, sealed in batches (docs/decisions/0003-the-ledger.md).

SET LOCAL ROLE harbour_sec_owner;

-- Injective encoding: every field carries its length, NULL is '-', so no two rows encode alike.
CREATE OR REPLACE FUNCTION harbour_sec.encode_fields(VARIADIC p_field text[]) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT convert_to(string_agg(coalesce(octet_length(x) || ':' || x, '-'), ',' ORDER BY o), 'UTF8')
    FROM unnest(p_field) WITH ORDINALITY u(x, o) $$;

-- RFC 6962 leaf: a zero byte, then the version of this rule, then the fields. jsonb and arrays are hashed as printed.
CREATE OR REPLACE FUNCTION harbour_sec.audit_leaf() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.xid := (pg_current_xact_id()::text)::bigint;
    NEW.batch := NULL;
    NEW.leaf := sha256('\x00'::bytea || harbour_sec.encode_fields(
        '1', NEW.id::text, ((extract(epoch FROM NEW.at) * 1000000)::bigint)::text, NEW.actor_id::text, NEW.actor_name,
        NEW.agency_id::text, NEW.agency_name, NEW.roles, NEW.session, NEW.request, NEW.act, NEW.event,
        NEW.subjects::text, NEW.about_kind, NEW.about_id::text, NEW.groups::text, NEW.reason,
        NEW.results::text, NEW.detail::text));
    RETURN NEW;
END $$;

-- Merkle root of leaves in order: pairs hash as sha256(0x01 || left || right), an odd one moves up.
CREATE OR REPLACE FUNCTION harbour_sec.merkle_root(p_leaves bytea[]) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_level bytea[] := p_leaves;
    v_next bytea[];
    v_index int;
BEGIN
    WHILE cardinality(v_level) > 1 LOOP
        v_next := '{}';
        v_index := 1;
        WHILE v_index <= cardinality(v_level) LOOP
            v_next := v_next || CASE WHEN v_index < cardinality(v_level)
                THEN sha256('\x01'::bytea || v_level[v_index] || v_level[v_index + 1]) ELSE v_level[v_index] END;
            v_index := v_index + 2;
        END LOOP;
        v_level := v_next;
    END LOOP;
    RETURN v_level[1];
END $$;

-- Seal what can no longer be joined by a late transaction; returns how many entries were sealed.
CREATE OR REPLACE FUNCTION harbour_sec.audit_seal(p_limit int DEFAULT 2000) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_ids uuid[];
    v_leaves bytea[];
    v_batch bigint;
    v_previous bytea;
    v_root bytea;
BEGIN
    PERFORM pg_advisory_xact_lock(4011962);
    SELECT array_agg(t.id ORDER BY t.id), array_agg(t.leaf ORDER BY t.id) INTO v_ids, v_leaves FROM (
        SELECT id, leaf FROM audit_entry
        WHERE batch IS NULL AND xid < (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint
        ORDER BY xid, id LIMIT p_limit) t;
    IF v_ids IS NULL THEN RETURN 0; END IF;
    SELECT batch, chained INTO v_batch, v_previous FROM audit_seal ORDER BY batch DESC LIMIT 1;
    v_batch := coalesce(v_batch, 0) + 1;
    v_previous := coalesce(v_previous, '\x00'::bytea);
    v_root := harbour_sec.merkle_root(v_leaves);
    UPDATE audit_entry SET batch = v_batch WHERE id = ANY (v_ids);
    INSERT INTO audit_seal (batch, sealed_at, entries, root, previous, chained)
    VALUES (v_batch, statement_timestamp(), cardinality(v_ids), v_root, v_previous,
        sha256(v_previous || v_root || int8send(v_batch) || int4send(cardinality(v_ids))));
    RETURN cardinality(v_ids);
END $$;

REVOKE ALL ON FUNCTION harbour_sec.encode_fields(text[]), harbour_sec.audit_leaf(),
    harbour_sec.merkle_root(bytea[]), harbour_sec.audit_seal(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.audit_seal(int) TO harbour_app;
GRANT EXECUTE ON FUNCTION harbour_sec.audit_leaf() TO harbour_owner;

SET LOCAL ROLE harbour_owner;

DROP TRIGGER IF EXISTS audit_leaf ON audit_entry;
CREATE TRIGGER audit_leaf BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION harbour_sec.audit_leaf();
CREATE INDEX IF NOT EXISTS audit_entry_unsealed ON audit_entry (xid) WHERE batch IS NULL;
CREATE INDEX IF NOT EXISTS audit_entry_subjects ON audit_entry USING gin (subjects);

REVOKE ALL ON audit_entry, audit_seal FROM harbour_app;
GRANT SELECT, INSERT ON audit_entry TO harbour_app;
GRANT SELECT ON audit_seal TO harbour_app;
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_seal ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_seal FORCE ROW LEVEL SECURITY;
-- The records officer reads all; everybody reads their own.
DROP POLICY IF EXISTS entry_read ON audit_entry;
CREATE POLICY entry_read ON audit_entry FOR SELECT TO harbour_app
    USING ((SELECT harbour_sec.holds('audit:read')) OR actor_id = (SELECT harbour_sec.uid()));
-- Nobody writes in another's name; without a context only failed sign-ins can be written.
DROP POLICY IF EXISTS entry_add ON audit_entry;
CREATE POLICY entry_add ON audit_entry FOR INSERT TO harbour_app WITH CHECK (
    actor_id = (SELECT harbour_sec.uid())
    OR actor_id IS NULL AND (SELECT harbour_sec.uid()) IS NULL AND act IN ('sign_in_failed', 'deny'));
DROP POLICY IF EXISTS seal_read ON audit_seal;
CREATE POLICY seal_read ON audit_seal FOR SELECT TO harbour_app USING ((SELECT harbour_sec.holds('audit:read')));

-- Witnesses: what leaves the hub so that a cut tail is seen (docs/decisions/0006-witnesses.md). The worker works
-- without a context, through these functions alone; none of them shows or takes anything of a record.

SET LOCAL ROLE harbour_sec_owner;

-- The newest seal, and what was signed last.
CREATE OR REPLACE FUNCTION harbour_sec.audit_to_sign()
RETURNS TABLE (batch bigint, chained bytea, signed_batch bigint, signed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.batch, s.chained, r.batch, r.signed_at
    FROM (SELECT * FROM audit_seal ORDER BY batch DESC LIMIT 1) s
    LEFT JOIN (SELECT * FROM audit_signedroot ORDER BY signed_at DESC LIMIT 1) r ON true $$;

CREATE OR REPLACE FUNCTION harbour_sec.audit_newest_key() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT key_id FROM audit_signingkey ORDER BY made_at DESC LIMIT 1 $$;

-- A public key is kept once; its id is made of it, so none can take another's place.
CREATE OR REPLACE FUNCTION harbour_sec.audit_keep_key(
    p_key text, p_public text, p_at timestamptz, p_endorsed_by text, p_endorsement text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF p_key IS DISTINCT FROM left(encode(sha256(decode(p_public, 'hex')), 'hex'), 16) THEN
        RAISE EXCEPTION 'The id of a key is made of the key.';
    END IF;
    INSERT INTO audit_signingkey (key_id, public, made_at, endorsed_by, endorsement)
    VALUES (p_key, p_public, p_at, p_endorsed_by, p_endorsement) ON CONFLICT DO NOTHING;
END $$;

-- Only of a seal that there is, and only with a key that is known.
CREATE OR REPLACE FUNCTION harbour_sec.audit_keep_root(
    p_id uuid, p_batch bigint, p_chained bytea, p_at timestamptz, p_key text, p_signature text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM audit_seal WHERE batch = p_batch AND chained = p_chained)
        OR NOT EXISTS (SELECT 1 FROM audit_signingkey WHERE key_id = p_key) THEN
        RAISE EXCEPTION 'Only a root of this ledger, signed with a known key, is kept.';
    END IF;
    INSERT INTO audit_signedroot (id, batch, chained, signed_at, key_id, signature)
    VALUES (p_id, p_batch, p_chained, p_at, p_key, p_signature);
END $$;

-- The witnesses that have not got the newest root yet, with what each got last.
CREATE OR REPLACE FUNCTION harbour_sec.audit_to_deliver()
RETURNS TABLE (witness uuid, kind text, address text, agency text, root uuid, batch bigint, chained bytea,
    signed_at timestamptz, key_id text, signature text, had_batch bigint, had_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT w.id, w.kind, w.address, a.name, r.id, r.batch, r.chained, r.signed_at, r.key_id, r.signature,
        d.batch, d.tried_at
    FROM audit_witness w
    JOIN agencies_agency a ON a.id = w.agency_id
    CROSS JOIN (SELECT * FROM audit_signedroot ORDER BY signed_at DESC LIMIT 1) r
    LEFT JOIN LATERAL (
        SELECT v.root_id, v.tried_at, o.batch FROM audit_delivery v JOIN audit_signedroot o ON o.id = v.root_id
        WHERE v.witness_id = w.id AND v.ok ORDER BY v.tried_at DESC LIMIT 1) d ON true
    WHERE w.ended_at IS NULL AND d.root_id IS DISTINCT FROM r.id
    ORDER BY w.recorded_at $$;

CREATE OR REPLACE FUNCTION harbour_sec.audit_keep_delivery(
    p_id uuid, p_root uuid, p_witness uuid, p_at timestamptz, p_ok boolean, p_answer text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO audit_delivery (id, root_id, witness_id, tried_at, ok, answer)
    VALUES (p_id, p_root, p_witness, p_at, p_ok, left(p_answer, 200)) $$;

REVOKE ALL ON FUNCTION harbour_sec.audit_to_sign(), harbour_sec.audit_newest_key(),
    harbour_sec.audit_keep_key(text, text, timestamptz, text, text),
    harbour_sec.audit_keep_root(uuid, bigint, bytea, timestamptz, text, text),
    harbour_sec.audit_to_deliver(),
    harbour_sec.audit_keep_delivery(uuid, uuid, uuid, timestamptz, boolean, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.audit_to_sign(), harbour_sec.audit_newest_key(),
    harbour_sec.audit_keep_key(text, text, timestamptz, text, text),
    harbour_sec.audit_keep_root(uuid, bigint, bytea, timestamptz, text, text),
    harbour_sec.audit_to_deliver(),
    harbour_sec.audit_keep_delivery(uuid, uuid, uuid, timestamptz, boolean, text) TO harbour_app;

SET LOCAL ROLE harbour_owner;

REVOKE ALL ON audit_witness, audit_signingkey, audit_signedroot, audit_delivery FROM harbour_app;
GRANT SELECT, INSERT ON audit_witness TO harbour_app;
GRANT UPDATE (ended_at, ended_by_id) ON audit_witness TO harbour_app;
GRANT SELECT ON audit_signingkey, audit_signedroot, audit_delivery TO harbour_app;
ALTER TABLE audit_witness ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_witness FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_signingkey ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_signingkey FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_signedroot ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_signedroot FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_delivery FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS witness_read ON audit_witness;
CREATE POLICY witness_read ON audit_witness FOR SELECT TO harbour_app
    USING ((SELECT harbour_sec.holds('witnesses:write')));
DROP POLICY IF EXISTS witness_add ON audit_witness;
CREATE POLICY witness_add ON audit_witness FOR INSERT TO harbour_app
    WITH CHECK ((SELECT harbour_sec.holds('witnesses:write')) AND recorded_by_id = (SELECT harbour_sec.uid()));
DROP POLICY IF EXISTS witness_end ON audit_witness;
CREATE POLICY witness_end ON audit_witness FOR UPDATE TO harbour_app
    USING ((SELECT harbour_sec.holds('witnesses:write')) AND ended_at IS NULL)
    WITH CHECK ((SELECT harbour_sec.holds('witnesses:write')) AND ended_by_id = (SELECT harbour_sec.uid()));
-- A public key is public; who signs in may compare it with what the agency holds.
DROP POLICY IF EXISTS signingkey_read ON audit_signingkey;
CREATE POLICY signingkey_read ON audit_signingkey FOR SELECT TO harbour_app
    USING ((SELECT harbour_sec.uid()) IS NOT NULL);
DROP POLICY IF EXISTS signedroot_read ON audit_signedroot;
CREATE POLICY signedroot_read ON audit_signedroot FOR SELECT TO harbour_app
    USING ((SELECT harbour_sec.holds('witnesses:write')));
DROP POLICY IF EXISTS delivery_read ON audit_delivery;
CREATE POLICY delivery_read ON audit_delivery FOR SELECT TO harbour_app
    USING ((SELECT harbour_sec.holds('witnesses:write')));
