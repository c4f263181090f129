-- What one person is answered about one table, as a line of text: what is seen, what a change reaches that reads
-- and one that does not, and which rows may be added. Each is undone before the next. Not SECURITY DEFINER.
CREATE OR REPLACE FUNCTION matrix_observed(p_table regclass, p_column text, p_value text, p_columns text, p_rows jsonb)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    v_seen text;
    v_changed text := '-';
    v_reached text := '-';
    v_added text := '';
    v_count int;
    v_row jsonb;
BEGIN
    BEGIN
        EXECUTE format('SELECT count(*) || md5(coalesce(string_agg(t::text, '';'' ORDER BY t::text), '''')) FROM %s t',
            p_table) INTO v_seen;
    EXCEPTION WHEN insufficient_privilege THEN v_seen := 'no leave';
    END;
    IF p_column <> '' THEN
        BEGIN
            EXECUTE format('WITH done AS (UPDATE %s SET %I = %I RETURNING 1) SELECT count(*)::text FROM done',
                p_table, p_column, p_column) INTO v_changed;
            RAISE EXCEPTION USING ERRCODE = 'MX001';
        EXCEPTION
            WHEN SQLSTATE 'MX001' THEN NULL;
            WHEN OTHERS THEN v_changed := SQLSTATE;
        END;
        BEGIN
            EXECUTE format('UPDATE %s SET %I = %L', p_table, p_column, p_value);
            GET DIAGNOSTICS v_count = ROW_COUNT;
            v_reached := v_count::text;
            RAISE EXCEPTION USING ERRCODE = 'MX001';
        EXCEPTION
            WHEN SQLSTATE 'MX001' THEN NULL;
            WHEN OTHERS THEN v_reached := SQLSTATE;
        END;
    END IF;
    FOR v_row IN SELECT value FROM jsonb_array_elements(p_rows) LOOP
        BEGIN
            EXECUTE format('INSERT INTO %s (%s) SELECT %s FROM jsonb_populate_record(NULL::%s, $1)',
                p_table, p_columns, p_columns, p_table) USING v_row;
            v_added := v_added || '+';
            RAISE EXCEPTION USING ERRCODE = 'MX001';
        EXCEPTION
            WHEN SQLSTATE 'MX001' THEN NULL;
            WHEN insufficient_privilege THEN v_added := v_added || '0';
            WHEN OTHERS THEN v_added := v_added || '!';
        END;
    END LOOP;
    RETURN concat_ws(' ', v_seen, v_changed, v_reached, v_added);
END $$;
GRANT EXECUTE ON FUNCTION matrix_observed(regclass, text, text, text, jsonb) TO harbour_app;
