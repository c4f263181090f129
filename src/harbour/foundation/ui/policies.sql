-- A person sees and writes only the forms that they sent themselves.
GRANT SELECT, INSERT, UPDATE, DELETE ON ui_submission TO harbour_app;
ALTER TABLE ui_submission ENABLE ROW LEVEL SECURITY;
ALTER TABLE ui_submission FORCE ROW LEVEL SECURITY;

DROP POLICY IF EXISTS ui_submission_own ON ui_submission;
CREATE POLICY ui_submission_own ON ui_submission FOR ALL TO harbour_app
  USING (user_id = (SELECT harbour_sec.uid()))
  WITH CHECK (user_id = (SELECT harbour_sec.uid()));
