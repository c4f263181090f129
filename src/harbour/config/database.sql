-- One database's keys and closed doors. Run by an administrator, any number of times.

-- Extensions: name search and accents. All three are in every PostgreSQL package.
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch SCHEMA public;
CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA public;

-- The schema of the functions that see more than their caller, and of the key that signs contexts.
CREATE SCHEMA IF NOT EXISTS harbour_sec;
ALTER SCHEMA harbour_sec OWNER TO harbour_sec_owner;
REVOKE ALL ON SCHEMA harbour_sec FROM PUBLIC;
GRANT USAGE ON SCHEMA harbour_sec TO harbour_app, harbour_owner, harbour_backup;
CREATE TABLE IF NOT EXISTS harbour_sec.ctx_key (
    kid integer PRIMARY KEY,
    ipad bytea NOT NULL,
    opad bytea NOT NULL
);
ALTER TABLE harbour_sec.ctx_key OWNER TO harbour_sec_owner;
REVOKE ALL ON harbour_sec.ctx_key FROM PUBLIC, harbour_app, harbour_owner, harbour_backup;

-- Tables are made by the owner alone; the application is given each right by the room that owns the table.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO PUBLIC;
GRANT ALL ON SCHEMA public TO harbour_owner;
ALTER DEFAULT PRIVILEGES FOR ROLE harbour_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO harbour_sec_owner;
ALTER DEFAULT PRIVILEGES FOR ROLE harbour_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO harbour_sec_owner;
ALTER DEFAULT PRIVILEGES FOR ROLE harbour_owner IN SCHEMA public
    GRANT SELECT ON TABLES TO harbour_backup;
ALTER DEFAULT PRIVILEGES FOR ROLE harbour_owner IN SCHEMA public
    GRANT SELECT ON SEQUENCES TO harbour_backup;
ALTER DEFAULT PRIVILEGES FOR ROLE harbour_sec_owner
    REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- Functions of the server that would carry data past the policies, hold a connection, or end another's:
-- large objects, sleeping, queries and whole databases as XML, the statistics, cancelling back ends.
DO $$
DECLARE
    closed regprocedure;
    closed_view regclass;
BEGIN
    FOR closed IN
        SELECT oid FROM pg_catalog.pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace
            AND (
                proname ~ '^lo_' OR proname IN ('loread', 'lowrite')
                OR proname ~ '^pg_sleep'
                OR proname ~ '^(query|table|cursor|schema|database)_to_xml'
                OR proname IN ('pg_cancel_backend', 'pg_terminate_backend', 'pg_notify')
            )
            AND has_function_privilege('public', oid, 'EXECUTE')
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', closed);
    END LOOP;

    -- Counts of rows and the text of other people's statements: for monitoring roles only.
    FOR closed IN
        SELECT oid FROM pg_catalog.pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace
            AND proname ~ '^pg_stat_get_' AND has_function_privilege('public', oid, 'EXECUTE')
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', closed);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO pg_monitor', closed);
    END LOOP;
    FOR closed_view IN
        SELECT c.oid FROM pg_catalog.pg_class c
        WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'v'
            AND c.relname ~ '^pg_stat(io)?_'
            AND has_table_privilege('public', c.oid, 'SELECT')
    LOOP
        EXECUTE format('REVOKE SELECT ON %s FROM PUBLIC', closed_view);
        EXECUTE format('GRANT SELECT ON %s TO pg_monitor', closed_view);
    END LOOP;
END
$$;

-- The queue's triggers tell the worker of a new job by pg_notify, as the role that inserts the job. It
-- carries a job's number and nothing else.
GRANT EXECUTE ON FUNCTION pg_notify(text, text) TO harbour_app, harbour_owner, harbour_sec_owner;
