-- Tools say nothing of a child; assessments open by a standing.
ALTER TABLE assessments_tool ENABLE ROW LEVEL SECURITY;
ALTER TABLE assessments_tool FORCE ROW LEVEL SECURITY;
ALTER TABLE assessments_toolversion ENABLE ROW LEVEL SECURITY;
ALTER TABLE assessments_toolversion FORCE ROW LEVEL SECURITY;
REVOKE ALL ON assessments_tool, assessments_toolversion FROM harbour_app;
GRANT SELECT ON assessments_tool, assessments_toolversion TO harbour_app;
DROP POLICY IF EXISTS tool_read ON assessments_tool;
CREATE POLICY tool_read ON assessments_tool FOR SELECT TO harbour_app USING (true);
DROP POLICY IF EXISTS tool_read ON assessments_toolversion;
CREATE POLICY tool_read ON assessments_toolversion FOR SELECT TO harbour_app USING (true);
SELECT harbour_sec.protect('assessments_assessment', 'person_id', 'assessment');

-- What a person judged stays as it was: a later view is a new assessment.
DROP POLICY IF EXISTS completed_stays ON assessments_assessment;
CREATE POLICY completed_stays ON assessments_assessment AS RESTRICTIVE FOR UPDATE TO harbour_app
    USING (completed_at IS NULL) WITH CHECK (true);
