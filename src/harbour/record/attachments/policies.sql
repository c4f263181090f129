-- A document opens with the part of the record that its row names: the same standing as every table of that part,
-- with the part taken from the row. Its bytes follow it. A person's key is there for whoever may know of the person.

SET LOCAL ROLE harbour_sec_owner;
-- Every part (or part:write) the reader reaches, each with an audience: 'case/authority:...', 'case:write/agency:...'.
CREATE OR REPLACE FUNCTION harbour_sec.audiences_of_parts() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT w.what || '/' || a), '{}')
    FROM (SELECT DISTINCT g.what FROM access_rolegrant g WHERE g.reach <> '') w, unnest(harbour_sec.audiences(w.what)) a $$;
REVOKE ALL ON FUNCTION harbour_sec.audiences_of_parts() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.audiences_of_parts() TO harbour_app, harbour_owner;
SET LOCAL ROLE harbour_owner;

ALTER TABLE attachments_attachment ENABLE ROW LEVEL SECURITY;
ALTER TABLE attachments_attachment FORCE ROW LEVEL SECURITY;
REVOKE ALL ON attachments_attachment FROM harbour_app;
GRANT SELECT, INSERT ON attachments_attachment TO harbour_app;
GRANT UPDATE (removed_at, removed_by_id, removed_reason) ON attachments_attachment TO harbour_app;
DROP POLICY IF EXISTS part_read ON attachments_attachment;
CREATE POLICY part_read ON attachments_attachment FOR SELECT TO harbour_app USING (EXISTS (
    SELECT 1 FROM people_standing s WHERE s.person_id = attachments_attachment.person_id
    AND (attachments_attachment.facet || '/' || s.audience) = ANY ((SELECT harbour_sec.audiences_of_parts())::text[])
    AND attachments_attachment.facet = ANY (s.facets)
    AND s.starts_at <= statement_timestamp() AND (s.ends_at IS NULL OR s.ends_at > statement_timestamp())));
DROP POLICY IF EXISTS part_add ON attachments_attachment;
CREATE POLICY part_add ON attachments_attachment FOR INSERT TO harbour_app WITH CHECK (EXISTS (
    SELECT 1 FROM people_standing s WHERE s.person_id = attachments_attachment.person_id
    AND (attachments_attachment.facet || ':write/' || s.audience) = ANY ((SELECT harbour_sec.audiences_of_parts())::text[])
    AND attachments_attachment.facet = ANY (s.facets) AND s.writes
    AND s.starts_at <= statement_timestamp() AND (s.ends_at IS NULL OR s.ends_at > statement_timestamp())));
DROP POLICY IF EXISTS part_change ON attachments_attachment;
CREATE POLICY part_change ON attachments_attachment FOR UPDATE TO harbour_app USING (EXISTS (
    SELECT 1 FROM people_standing s WHERE s.person_id = attachments_attachment.person_id
    AND (attachments_attachment.facet || ':write/' || s.audience) = ANY ((SELECT harbour_sec.audiences_of_parts())::text[])
    AND attachments_attachment.facet = ANY (s.facets) AND s.writes
    AND s.starts_at <= statement_timestamp() AND (s.ends_at IS NULL OR s.ends_at > statement_timestamp())));
-- What is removed stays removed, and says the same why for ever.
DROP POLICY IF EXISTS removed_stays ON attachments_attachment;
CREATE POLICY removed_stays ON attachments_attachment AS RESTRICTIVE FOR UPDATE TO harbour_app
    USING (removed_at IS NULL) WITH CHECK (true);

ALTER TABLE attachments_content ENABLE ROW LEVEL SECURITY;
ALTER TABLE attachments_content FORCE ROW LEVEL SECURITY;
REVOKE ALL ON attachments_content FROM harbour_app;
GRANT SELECT, INSERT ON attachments_content TO harbour_app;
DROP POLICY IF EXISTS content_read ON attachments_content;
CREATE POLICY content_read ON attachments_content FOR SELECT TO harbour_app USING (EXISTS (
    SELECT 1 FROM attachments_attachment a WHERE a.id = attachments_content.attachment_id AND a.removed_at IS NULL));
DROP POLICY IF EXISTS content_add ON attachments_content;
CREATE POLICY content_add ON attachments_content FOR INSERT TO harbour_app WITH CHECK (EXISTS (
    SELECT 1 FROM attachments_attachment a WHERE a.id = attachments_content.attachment_id
    AND a.recorded_by_id = (SELECT harbour_sec.uid()) AND a.removed_at IS NULL));

ALTER TABLE attachments_filekey ENABLE ROW LEVEL SECURITY;
ALTER TABLE attachments_filekey FORCE ROW LEVEL SECURITY;
REVOKE ALL ON attachments_filekey FROM harbour_app;
GRANT SELECT, INSERT ON attachments_filekey TO harbour_app;
DROP POLICY IF EXISTS key_read ON attachments_filekey;
CREATE POLICY key_read ON attachments_filekey FOR SELECT TO harbour_app USING (EXISTS (
    SELECT 1 FROM people_standing s WHERE s.person_id = attachments_filekey.person_id AND s.facets <> '{}'
    AND s.audience = ANY ((SELECT harbour_sec.audiences(''))::text[])
    AND s.starts_at <= statement_timestamp() AND (s.ends_at IS NULL OR s.ends_at > statement_timestamp())));
DROP POLICY IF EXISTS key_add ON attachments_filekey;
CREATE POLICY key_add ON attachments_filekey FOR INSERT TO harbour_app WITH CHECK (EXISTS (
    SELECT 1 FROM people_standing s WHERE s.person_id = attachments_filekey.person_id AND s.facets <> '{}' AND s.writes
    AND s.audience = ANY ((SELECT harbour_sec.audiences(''))::text[])
    AND s.starts_at <= statement_timestamp() AND (s.ends_at IS NULL OR s.ends_at > statement_timestamp())));
