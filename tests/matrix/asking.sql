-- Asks every question about one table in one call, each undone before the next. Runs with the rights of whoever
-- asks: nothing here is SECURITY DEFINER. Made for a test's transaction, and gone with it. One function a table, so
-- that its plans are kept; what stands in double braces is filled in by tests/matrix/decisions.py from the model.
CREATE OR REPLACE FUNCTION matrix_{{table}}(p_rows jsonb, p_from uuid[], p_to uuid[],
    OUT added uuid[], OUT changed uuid[], OUT blindly int, OUT moved uuid[], OUT gone int)
LANGUAGE plpgsql AS $$
DECLARE
    v_row jsonb;
    v_said text;
    v_count int;
BEGIN
    added := '{}';
    moved := '{}';
    gone := 0;

    -- Whose rows may be added: each row is tried alone.
    FOR v_row IN SELECT value FROM jsonb_array_elements(p_rows) LOOP
        BEGIN
            INSERT INTO {{table}} ({{columns}})
            SELECT {{columns}} FROM jsonb_populate_record(NULL::{{table}}, v_row);
            RAISE EXCEPTION USING ERRCODE = 'MX001';
        EXCEPTION
            WHEN SQLSTATE 'MX001' THEN added := added || (v_row ->> 'person_id')::uuid;
            -- Let through by the policy, stopped by a key or a check.
            WHEN integrity_constraint_violation THEN added := added || (v_row ->> 'person_id')::uuid;
            WHEN insufficient_privilege THEN
                GET STACKED DIAGNOSTICS v_said = MESSAGE_TEXT;
                IF v_said NOT LIKE '%row-level security%' THEN RAISE; END IF;
        END;
    END LOOP;

    IF {{updates}} THEN
        -- Whose rows can be changed by who looks for them first.
        BEGIN
            WITH done AS (UPDATE {{table}} SET {{touch}} = {{touch}} RETURNING person_id)
            SELECT array_agg(DISTINCT person_id) FROM done INTO changed;
            RAISE EXCEPTION USING ERRCODE = 'MX001';
        EXCEPTION WHEN SQLSTATE 'MX001' THEN NULL;
        END;
        -- How many rows are reached by a change that reads nothing, so that only its own policy decides.
        BEGIN
            UPDATE {{table}} SET {{touch}} = {{constant}};
            GET DIAGNOSTICS blindly = ROW_COUNT;
            RAISE EXCEPTION USING ERRCODE = 'MX001';
        EXCEPTION WHEN SQLSTATE 'MX001' THEN NULL;
        END;
    END IF;

    -- Whose rows can be moved to somebody else's record: pairs of children, tried one by one.
    IF {{moves}} THEN
        FOR v_index IN 1 .. coalesce(cardinality(p_from), 0) LOOP
            BEGIN
                UPDATE {{table}} SET person_id = p_to[v_index] WHERE person_id = p_from[v_index];
                GET DIAGNOSTICS v_count = ROW_COUNT;
                IF v_count > 0 THEN moved := moved || p_from[v_index]; END IF;
                RAISE EXCEPTION USING ERRCODE = 'MX001';
            EXCEPTION
                WHEN SQLSTATE 'MX001' THEN NULL;
                WHEN insufficient_privilege THEN NULL;
                -- Let through by the policy, stopped by a key or a check.
                WHEN integrity_constraint_violation THEN moved := moved || p_from[v_index];
            END;
        END LOOP;
    END IF;

    BEGIN
        DELETE FROM {{table}};
        GET DIAGNOSTICS gone = ROW_COUNT;
        RAISE EXCEPTION USING ERRCODE = 'MX001';
    EXCEPTION
        WHEN SQLSTATE 'MX001' THEN NULL;
        WHEN insufficient_privilege THEN NULL;
    END;
    changed := coalesce(changed, '{}');
    blindly := coalesce(blindly, 0);
END $$;
GRANT EXECUTE ON FUNCTION matrix_{{table}}(jsonb, uuid[], uuid[]) TO harbour_app;
