-- What one person is answered about one table. Not SECURITY DEFINER: everything runs with the rights of whoever asks.
-- Made for a check's transaction, and gone with it.

-- What is seen: how many rows, and which.
CREATE OR REPLACE FUNCTION matrix_seen(p_table regclass) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    v_seen text;
BEGIN
    EXECUTE format('SELECT count(*) || md5(coalesce(string_agg(t::text, '';'' ORDER BY t::text), '''')) FROM %s t',
        p_table) INTO v_seen;
    RETURN v_seen;
EXCEPTION WHEN insufficient_privilege THEN RETURN 'no leave';
END $$;

-- What becomes of each row that is added, undone before the next: 1 if it was let in, no if a policy or the lack of
-- leave kept it out, ! if anything else did. One function a table, so that its plan is kept; what stands in double
-- braces is filled in by observing.py.
CREATE OR REPLACE FUNCTION matrix_adds_{{table}}(p_rows jsonb) RETURNS text[] LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    v_told text[] := '{}';
    v_row jsonb;
BEGIN
    FOR v_row IN SELECT value FROM jsonb_array_elements(p_rows) LOOP
        BEGIN
            INSERT INTO {{table}} ({{columns}}) SELECT {{columns}} FROM jsonb_populate_record(NULL::{{table}}, v_row);
            RAISE EXCEPTION USING ERRCODE = 'MX001';
        EXCEPTION
            WHEN SQLSTATE 'MX001' THEN v_told := v_told || '1'::text;
            WHEN insufficient_privilege THEN v_told := v_told || 'no'::text;
            WHEN OTHERS THEN v_told := v_told || '!'::text;
        END;
    END LOOP;
    RETURN v_told;
END $$;
GRANT EXECUTE ON FUNCTION matrix_adds_{{table}}(jsonb) TO harbour_app;

-- What becomes of each change, undone before the next: some columns set, of one row that is looked for or of every row
-- without reading any; or every row deleted. How many rows it reached.
CREATE OR REPLACE FUNCTION matrix_changes(p_table regclass, p_keys text, p_attempts jsonb)
RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
    v_told text[] := '{}';
    v_try jsonb;
    v_count int;
    v_set text;
BEGIN
    FOR v_try IN SELECT value FROM jsonb_array_elements(p_attempts) LOOP
        BEGIN
            IF v_try ? 'set' THEN
                SELECT string_agg(format('%I', k), ', ') INTO v_set FROM jsonb_object_keys(v_try -> 'set') k;
                EXECUTE format('UPDATE %s SET (%s) = (SELECT %s FROM jsonb_populate_record(NULL::%s, $1))',
                        p_table, v_set, v_set, p_table)
                    || CASE WHEN v_try ? 'of' THEN format(
                        ' WHERE (%s) = (SELECT %s FROM jsonb_populate_record(NULL::%s, $2))', p_keys, p_keys, p_table)
                    ELSE '' END USING v_try -> 'set', v_try -> 'of';
            ELSE
                EXECUTE format('DELETE FROM %s', p_table);
            END IF;
            GET DIAGNOSTICS v_count = ROW_COUNT;
            RAISE EXCEPTION USING ERRCODE = 'MX001';
        EXCEPTION
            WHEN SQLSTATE 'MX001' THEN v_told := v_told || v_count::text;
            WHEN insufficient_privilege THEN v_told := v_told || 'no'::text;
            WHEN OTHERS THEN v_told := v_told || '!'::text;
        END;
    END LOOP;
    RETURN v_told;
END $$;
GRANT EXECUTE ON FUNCTION matrix_seen(regclass), matrix_changes(regclass, text, jsonb) TO harbour_app;
