-- Hosting: who was told that a child arrived or left, what was asked for, and what is agreed of a hosted child.

-- A notification belongs to no child until it is taken in: read by who sent it, by the authority of the area and by the
-- placing authority. Once it names a child of the record, only by those of them who see where that child is placed now:
-- a home that the child has left reads it no more.
ALTER TABLE hosting_notification ENABLE ROW LEVEL SECURITY;
ALTER TABLE hosting_notification FORCE ROW LEVEL SECURITY;
REVOKE ALL ON hosting_notification FROM harbour_app;
GRANT SELECT, INSERT, UPDATE ON hosting_notification TO harbour_app;
DROP POLICY IF EXISTS notification_read ON hosting_notification;
CREATE POLICY notification_read ON hosting_notification FOR SELECT TO harbour_app USING (
    ('agency:' || sender_id = ANY ((SELECT harbour_sec.audiences('placement'))::text[])
     OR 'authority:' || host_id = ANY ((SELECT harbour_sec.audiences('placement'))::text[])
     OR 'authority:' || placing_id = ANY ((SELECT harbour_sec.audiences('placement'))::text[]))
    AND (person_id IS NULL OR harbour_sec.may_see(person_id, 'placement')));
DROP POLICY IF EXISTS notification_add ON hosting_notification;
CREATE POLICY notification_add ON hosting_notification FOR INSERT TO harbour_app WITH CHECK (
    recorded_by_id = (SELECT harbour_sec.uid()) AND (SELECT harbour_sec.holds('may:placement.notify'))
    AND ('agency:' || sender_id = ANY ((SELECT harbour_sec.audiences('placement'))::text[])
         OR 'authority:' || host_id = ANY ((SELECT harbour_sec.audiences('placement:write'))::text[])
         OR 'authority:' || placing_id = ANY ((SELECT harbour_sec.audiences('placement:write'))::text[]))
    AND (person_id IS NULL OR harbour_sec.may_see(person_id, 'placement')));
-- Its sender adds what is missing until it is taken in; who writes placements of the area takes it in.
DROP POLICY IF EXISTS notification_change ON hosting_notification;
CREATE POLICY notification_change ON hosting_notification FOR UPDATE TO harbour_app
    USING ((SELECT harbour_sec.holds('may:placement.notify'))
        AND ('agency:' || sender_id = ANY ((SELECT harbour_sec.audiences('placement'))::text[]) AND taken_in_at IS NULL
             OR 'authority:' || host_id = ANY ((SELECT harbour_sec.audiences('placement:write'))::text[])
             OR 'authority:' || placing_id = ANY ((SELECT harbour_sec.audiences('placement:write'))::text[])))
    WITH CHECK (person_id IS NULL OR harbour_sec.may_see(person_id, 'placement'));

-- A chase: read by the authority for whose sake it was and by who was asked, with the child's placement where it names one.
ALTER TABLE hosting_chase ENABLE ROW LEVEL SECURITY;
ALTER TABLE hosting_chase FORCE ROW LEVEL SECURITY;
REVOKE ALL ON hosting_chase FROM harbour_app;
GRANT SELECT, INSERT ON hosting_chase TO harbour_app;
DROP POLICY IF EXISTS chase_read ON hosting_chase;
CREATE POLICY chase_read ON hosting_chase FOR SELECT TO harbour_app USING (
    ('authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('placement'))::text[])
     OR 'agency:' || agency_id = ANY ((SELECT harbour_sec.audiences('placement'))::text[]))
    AND (person_id IS NULL OR harbour_sec.may_see(person_id, 'placement')));
DROP POLICY IF EXISTS chase_add ON hosting_chase;
CREATE POLICY chase_add ON hosting_chase FOR INSERT TO harbour_app WITH CHECK (
    recorded_by_id = (SELECT harbour_sec.uid())
    AND 'authority:' || authority_id = ANY ((SELECT harbour_sec.audiences('placement:write'))::text[])
    AND (person_id IS NULL OR harbour_sec.may_see(person_id, 'placement')));

-- The pack holds no personal data. Who keeps hosting gives it out; the provider itself acknowledges it.
ALTER TABLE hosting_pack ENABLE ROW LEVEL SECURITY;
ALTER TABLE hosting_pack FORCE ROW LEVEL SECURITY;
REVOKE ALL ON hosting_pack FROM harbour_app;
GRANT SELECT, INSERT ON hosting_pack TO harbour_app;
DROP POLICY IF EXISTS pack_read ON hosting_pack;
CREATE POLICY pack_read ON hosting_pack FOR SELECT TO harbour_app USING ((SELECT harbour_sec.uid()) IS NOT NULL);
DROP POLICY IF EXISTS pack_add ON hosting_pack;
CREATE POLICY pack_add ON hosting_pack FOR INSERT TO harbour_app WITH CHECK (
    recorded_by_id = (SELECT harbour_sec.uid()) AND (SELECT harbour_sec.holds('may:hosting.keep')));
ALTER TABLE hosting_packsent ENABLE ROW LEVEL SECURITY;
ALTER TABLE hosting_packsent FORCE ROW LEVEL SECURITY;
REVOKE ALL ON hosting_packsent FROM harbour_app;
GRANT SELECT, INSERT ON hosting_packsent TO harbour_app;
GRANT UPDATE (acknowledged_at, acknowledged_by_id) ON hosting_packsent TO harbour_app;
DROP POLICY IF EXISTS packsent_read ON hosting_packsent;
CREATE POLICY packsent_read ON hosting_packsent FOR SELECT TO harbour_app USING (
    (SELECT harbour_sec.holds('may:hosting.keep'))
    OR 'agency:' || agency_id = ANY ((SELECT harbour_sec.audiences('placement'))::text[]));
DROP POLICY IF EXISTS packsent_add ON hosting_packsent;
CREATE POLICY packsent_add ON hosting_packsent FOR INSERT TO harbour_app WITH CHECK (
    recorded_by_id = (SELECT harbour_sec.uid()) AND (SELECT harbour_sec.holds('may:hosting.keep'))
    AND acknowledged_at IS NULL);
DROP POLICY IF EXISTS packsent_acknowledged ON hosting_packsent;
CREATE POLICY packsent_acknowledged ON hosting_packsent FOR UPDATE TO harbour_app
    USING (acknowledged_at IS NULL AND 'agency:' || agency_id = ANY ((SELECT harbour_sec.audiences('placement'))::text[]))
    WITH CHECK (acknowledged_by_id = (SELECT harbour_sec.uid()));

-- What was told of a child is of the case; who holds the interview concerns whoever runs an episode.
SELECT harbour_sec.protect('hosting_toldflag', 'person_id', 'case');
SELECT harbour_sec.protect('hosting_consultation', 'person_id', 'case');
SELECT harbour_sec.protect('hosting_arrangement', 'person_id', 'missing', 'SELECT, INSERT');
