-- Subject access: for those who answer requests and may know of the child. A release is written only in the
-- transaction in which a second person approved exactly its content.
DO $$
DECLARE
    v_table text;
    v_may text := '(SELECT harbour_sec.holds(''may:subject_access'')) AND harbour_sec.may_see(person_id, ''identity'')';
BEGIN
    FOREACH v_table IN ARRAY ARRAY['subject_access_accessrequest', 'subject_access_clockstop',
        'subject_access_redaction', 'subject_access_release'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', v_table);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', v_table);
        EXECUTE format('REVOKE ALL ON %I FROM harbour_app', v_table);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO harbour_app', v_table);
        EXECUTE format('DROP POLICY IF EXISTS answering_read ON %I', v_table);
        EXECUTE format('CREATE POLICY answering_read ON %I FOR SELECT TO harbour_app USING (%s)', v_table, v_may);
        EXECUTE format('DROP POLICY IF EXISTS answering_add ON %I', v_table);
        EXECUTE format('CREATE POLICY answering_add ON %I FOR INSERT TO harbour_app WITH CHECK (%s)', v_table, v_may);
        EXECUTE format('DROP POLICY IF EXISTS answering_change ON %I', v_table);
        IF v_table <> 'subject_access_release' THEN
            EXECUTE format('CREATE POLICY answering_change ON %I FOR UPDATE TO harbour_app USING (%s)', v_table, v_may);
        END IF;
    END LOOP;
END $$;
GRANT UPDATE (extended_at, extended_by_id, extended_reason, closed_at, closed_by_id, closed_reason)
    ON subject_access_accessrequest TO harbour_app;
GRANT UPDATE (until_on) ON subject_access_clockstop TO harbour_app;
GRANT UPDATE (decision, decided_at, decided_by_id) ON subject_access_redaction TO harbour_app;
DROP POLICY IF EXISTS release_takes_two ON subject_access_release;
CREATE POLICY release_takes_two ON subject_access_release AS RESTRICTIVE FOR INSERT TO harbour_app
    WITH CHECK (harbour_sec.carrying_out('subject_access.release', jsonb_build_object('request_id', request_id::text)));
