-- After a return. Every table opens by a standing (harbour_sec.protect, in the access room), and beyond that to those
-- alone who read the interview it belongs to: what a child says may be about the very place she went missing from.
SELECT harbour_sec.protect('returns_addition', 'person_id', 'missing', 'SELECT, INSERT');
DROP POLICY IF EXISTS what_was_said ON returns_addition;
CREATE POLICY what_was_said ON returns_addition AS RESTRICTIVE FOR SELECT TO harbour_app USING (
    EXISTS (SELECT 1 FROM missing_returninterview i WHERE i.id = returns_addition.interview_id));
-- Something is added to an interview that was held, in nobody else's name.
DROP POLICY IF EXISTS addition_own ON returns_addition;
CREATE POLICY addition_own ON returns_addition AS RESTRICTIVE FOR INSERT TO harbour_app WITH CHECK (
    recorded_by_id = (SELECT harbour_sec.uid())
    AND EXISTS (SELECT 1 FROM missing_returninterview i WHERE i.id = returns_addition.interview_id
        AND i.person_id = returns_addition.person_id AND i.held_at IS NOT NULL));

SELECT harbour_sec.protect('returns_review', 'person_id', 'missing', 'SELECT, INSERT');
DROP POLICY IF EXISTS what_was_said ON returns_review;
CREATE POLICY what_was_said ON returns_review AS RESTRICTIVE FOR SELECT TO harbour_app USING (
    EXISTS (SELECT 1 FROM missing_returninterview i WHERE i.id = returns_review.interview_id));
-- A second person reviews: never who held the interview.
DROP POLICY IF EXISTS review_by_another ON returns_review;
CREATE POLICY review_by_another ON returns_review AS RESTRICTIVE FOR INSERT TO harbour_app WITH CHECK (
    recorded_by_id = (SELECT harbour_sec.uid()) AND (SELECT harbour_sec.holds('may:interview.review'))
    AND EXISTS (SELECT 1 FROM missing_returninterview i WHERE i.id = returns_review.interview_id
        AND i.person_id = returns_review.person_id AND i.held_by_id <> (SELECT harbour_sec.uid())));

SELECT harbour_sec.protect('returns_onward', 'person_id', 'missing', 'SELECT, INSERT');
DROP POLICY IF EXISTS what_was_said ON returns_onward;
CREATE POLICY what_was_said ON returns_onward AS RESTRICTIVE FOR SELECT TO harbour_app USING (
    EXISTS (SELECT 1 FROM missing_returninterview i WHERE i.id = returns_onward.interview_id));
DROP POLICY IF EXISTS onward_own ON returns_onward;
CREATE POLICY onward_own ON returns_onward AS RESTRICTIVE FOR INSERT TO harbour_app WITH CHECK (
    recorded_by_id = (SELECT harbour_sec.uid()) AND acknowledged_at IS NULL
    AND EXISTS (SELECT 1 FROM missing_returninterview i WHERE i.id = returns_onward.interview_id
        AND i.person_id = returns_onward.person_id AND i.held_at IS NOT NULL));
-- Somebody of the team says that she has taken it in, once.
GRANT UPDATE (acknowledged_at, acknowledged_by_id) ON returns_onward TO harbour_app;
DROP POLICY IF EXISTS onward_taken ON returns_onward;
CREATE POLICY onward_taken ON returns_onward FOR UPDATE TO harbour_app USING (
    acknowledged_at IS NULL AND EXISTS (SELECT 1 FROM access_holding h
        WHERE h.user_id = (SELECT harbour_sec.uid()) AND h.team_id = returns_onward.team_id
          AND h.starts_on <= (statement_timestamp() AT TIME ZONE 'Europe/London')::date
          AND (h.ends_on IS NULL OR h.ends_on > (statement_timestamp() AT TIME ZONE 'Europe/London')::date)))
    WITH CHECK (acknowledged_by_id = (SELECT harbour_sec.uid()));

-- What was named with the return stands on the episode already; what was named in the interview is read with it.
SELECT harbour_sec.protect('returns_named', 'person_id', 'missing', 'SELECT, INSERT');
DROP POLICY IF EXISTS what_was_said ON returns_named;
CREATE POLICY what_was_said ON returns_named AS RESTRICTIVE FOR SELECT TO harbour_app USING (
    interview_id IS NULL
    OR EXISTS (SELECT 1 FROM missing_returninterview i WHERE i.id = returns_named.interview_id));

-- The analyst writes none of a child's record: her judgement of a name stands beside it.
ALTER TABLE returns_judgement ENABLE ROW LEVEL SECURITY;
ALTER TABLE returns_judgement FORCE ROW LEVEL SECURITY;
REVOKE ALL ON returns_judgement FROM harbour_app;
GRANT SELECT, INSERT ON returns_judgement TO harbour_app;
DROP POLICY IF EXISTS judgement_read ON returns_judgement;
CREATE POLICY judgement_read ON returns_judgement FOR SELECT TO harbour_app
    USING (EXISTS (SELECT 1 FROM returns_named n WHERE n.id = returns_judgement.named_id));
DROP POLICY IF EXISTS judgement_add ON returns_judgement;
CREATE POLICY judgement_add ON returns_judgement FOR INSERT TO harbour_app WITH CHECK (
    recorded_by_id = (SELECT harbour_sec.uid()) AND (SELECT harbour_sec.holds('may:named.judge'))
    AND EXISTS (SELECT 1 FROM returns_named n WHERE n.id = returns_judgement.named_id
        AND n.person_id = returns_judgement.person_id)
    AND (other_id IS NULL OR EXISTS (SELECT 1 FROM people_person p WHERE p.id = returns_judgement.other_id)));
