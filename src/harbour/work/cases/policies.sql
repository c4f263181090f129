ALTER TABLE cases_gradescale ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases_gradescale FORCE ROW LEVEL SECURITY;
REVOKE ALL ON cases_gradescale FROM harbour_app;
GRANT SELECT ON cases_gradescale TO harbour_app;
DROP POLICY IF EXISTS scale_read ON cases_gradescale;
CREATE POLICY scale_read ON cases_gradescale FOR SELECT TO harbour_app USING (true);
SELECT harbour_sec.protect('cases_grading', 'person_id', 'case', 'SELECT, INSERT');
SELECT harbour_sec.protect('cases_allocation', 'person_id', 'case');
-- A worker answers their own allocation even where their role writes nothing else of the case (the social worker of
-- the placing authority). Reading it still needs the case part of the record.
DROP POLICY IF EXISTS allocation_answer_own ON cases_allocation;
CREATE POLICY allocation_answer_own ON cases_allocation FOR UPDATE TO harbour_app
    USING (worker_id = (SELECT harbour_sec.uid())) WITH CHECK (worker_id = (SELECT harbour_sec.uid()));
SELECT harbour_sec.protect('cases_planaction', 'person_id', 'case');
SELECT harbour_sec.protect('cases_stageentry', 'person_id', 'case', 'SELECT, INSERT');
SELECT harbour_sec.protect('cases_modeltag', 'person_id', 'case');
SELECT harbour_sec.protect('cases_childvoice', 'person_id', 'case', 'SELECT, INSERT');
SELECT harbour_sec.protect('cases_note', 'person_id', 'case', 'SELECT, INSERT');
