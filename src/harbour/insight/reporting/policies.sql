-- Figures: counts of what nobody who reads them may see. Each function answers those whose role reads figures,
-- and gives numbers by authority, sex, age band, population and period; never a row of a person. Records that are
-- restricted are counted only for those named in the restriction (harbour_sec.hidden_people).

ALTER TABLE reporting_break ENABLE ROW LEVEL SECURITY;
ALTER TABLE reporting_break FORCE ROW LEVEL SECURITY;
REVOKE ALL ON reporting_break FROM harbour_app;
GRANT SELECT ON reporting_break TO harbour_app;
DROP POLICY IF EXISTS break_read ON reporting_break;
CREATE POLICY break_read ON reporting_break FOR SELECT TO harbour_app USING ((SELECT harbour_sec.holds('figures:read')));

SET LOCAL ROLE harbour_sec_owner;

-- The age of a person on a day; where only month or year of birth is known, the youngest it may be.
CREATE OR REPLACE FUNCTION harbour_sec.age_at(p_born date, p_precision text, p_day date) RETURNS int
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT greatest(0, extract(year FROM age(p_day, CASE p_precision
        WHEN 'year' THEN make_date(extract(year FROM p_born)::int, 12, 31)
        WHEN 'month' THEN (date_trunc('month', p_born) + interval '1 month' - interval '1 day')::date
        ELSE p_born END))::int) $$;

-- The partner authority a child belongs to on a day: the responsible one, or the one that hosts the child.
CREATE OR REPLACE FUNCTION harbour_sec.partner_of(p_person uuid, p_day date) RETURNS uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT t.authority_id FROM people_authoritytie t JOIN agencies_agency a ON a.id = t.authority_id AND a.partner
    WHERE t.person_id = p_person AND t.kind IN ('responsible', 'host')
      AND (t.starts_on IS NULL OR t.starts_on <= p_day) AND (t.ends_on IS NULL OR t.ends_on > p_day)
    ORDER BY t.kind = 'responsible' DESC, t.starts_on DESC NULLS LAST LIMIT 1 $$;

-- Missing episodes that began in each period. Own children count for the responsible authority, hosted ones for
-- the authority in whose area they were missing. An empty column stands for all.
CREATE OR REPLACE FUNCTION harbour_sec.figures_missing(p_from timestamptz[], p_to timestamptz[])
RETURNS TABLE (place int, authority uuid, population text, sex text, episodes bigint, children bigint, placers bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_hidden uuid[] := harbour_sec.hidden_people('missing');
BEGIN
    IF NOT harbour_sec.holds('figures:read') THEN RETURN; END IF;
    RETURN QUERY
    WITH told AS (
        SELECT q.n::int AS n, e.population AS pop, e.person_id, p.sex AS s, e.responsible_id,
               CASE WHEN e.population = 'hosted' THEN e.authority_id ELSE e.responsible_id END AS whose
        FROM unnest(p_from, p_to) WITH ORDINALITY AS q(since, before, n)
        JOIN missing_episode e ON e.started_at >= q.since AND e.started_at < q.before
        JOIN people_person p ON p.id = e.person_id
        WHERE e.kind = 'M' AND NOT e.overlaps AND e.person_id <> ALL (v_hidden))
    SELECT t.n, t.whose, t.pop, t.s, count(*), count(DISTINCT t.person_id), count(DISTINCT t.responsible_id)
    FROM told t JOIN agencies_agency a ON a.id = t.whose AND a.partner
    GROUP BY GROUPING SETS ((t.n), (t.n, t.whose), (t.n, t.pop), (t.n, t.whose, t.pop),
        (t.n, t.pop, t.s), (t.n, t.whose, t.pop, t.s));
END $$;

-- The four populations, counted from the episodes themselves: of everybody, or of some people. No authority stands for
-- all of the partnership, no population for all four. Own children count for the responsible authority, hosted ones
-- for the authority in whose area they were missing; each for the quarter and the year in which the episode began.
CREATE OR REPLACE FUNCTION harbour_sec.missing_recount(p_people uuid[] DEFAULT NULL)
RETURNS TABLE (span text, starts_on date, authority uuid, population text, kind text,
    episodes bigint, children bigint, overlapping bigint, no_return_time bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH told AS (
        SELECT e.person_id, e.kind, e.population AS pop, e.overlaps, e.returned AND e.returned_at IS NULL AS timeless,
               CASE WHEN e.population = 'hosted' THEN e.authority_id ELSE e.responsible_id END AS whose,
               (e.started_at AT TIME ZONE 'Europe/London')::date AS day
        FROM missing_episode e WHERE p_people IS NULL OR e.person_id = ANY (p_people)),
    spanned AS (
        SELECT t.*, 'quarter' AS span, date_trunc('quarter', t.day)::date AS since FROM told t
        UNION ALL
        SELECT t.*, 'year', (date_trunc('year', t.day - interval '3 months') + interval '3 months')::date FROM told t)
    SELECT t.span, t.since, t.whose, coalesce(t.pop, ''), t.kind,
           count(*) FILTER (WHERE NOT t.overlaps), count(DISTINCT t.person_id) FILTER (WHERE NOT t.overlaps),
           count(*) FILTER (WHERE t.overlaps), count(*) FILTER (WHERE t.timeless AND NOT t.overlaps)
    FROM spanned t JOIN agencies_agency a ON a.id = t.whose AND a.partner
    GROUP BY GROUPING SETS ((t.span, t.since, t.kind), (t.span, t.since, t.kind, t.whose),
        (t.span, t.since, t.kind, t.pop), (t.span, t.since, t.kind, t.whose, t.pop)) $$;

-- Counts the kept numbers anew: once for what is there already, and where an authority joins or leaves the partnership.
CREATE OR REPLACE FUNCTION harbour_sec.count_missing_anew() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    LOCK TABLE missing_episode IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM reporting_missingcount;
    INSERT INTO reporting_missingcount (id, span, starts_on, authority_id, population, kind,
        episodes, children, overlapping, no_return_time)
    SELECT gen_random_uuid(), r.* FROM harbour_sec.missing_recount() r;
    RETURN NULL;
END $$;

-- Keeps the numbers in the transaction that writes episodes. A statement's rows are added up by group; each group's row
-- is locked by the addition, always in the same order, and only then are the children looked at: whoever counts the same
-- group at once waits, and then sees the episodes of the one before.
CREATE OR REPLACE FUNCTION harbour_sec.count_missing() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_rows constant text := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT 1 AS sign, c.* FROM come c'
        WHEN 'DELETE' THEN 'SELECT -1 AS sign, g.* FROM gone g'
        ELSE 'SELECT 1 AS sign, c.* FROM come c UNION ALL SELECT -1, g.* FROM gone g' END;
    v_net constant text := format($q$
        WITH told AS (
            SELECT e.sign, e.person_id, e.kind, e.population AS pop, e.overlaps,
                   e.returned AND e.returned_at IS NULL AS timeless,
                   CASE WHEN e.population = 'hosted' THEN e.authority_id ELSE e.responsible_id END AS whose,
                   (e.started_at AT TIME ZONE 'Europe/London')::date AS day FROM (%s) e),
        spanned AS (
            SELECT t.*, 'quarter' AS span, date_trunc('quarter', t.day)::date AS since FROM told t
            UNION ALL SELECT t.*, 'year', (date_trunc('year', t.day - interval '3 months') + interval '3 months')::date
            FROM told t),
        net AS MATERIALIZED (
            SELECT t.span, t.since, t.kind, t.whose, coalesce(t.pop, '') AS pop, t.person_id,
                   coalesce(sum(t.sign) FILTER (WHERE NOT t.overlaps), 0)::int AS n,
                   coalesce(sum(t.sign) FILTER (WHERE t.overlaps), 0)::int AS o,
                   coalesce(sum(t.sign) FILTER (WHERE t.timeless AND NOT t.overlaps), 0)::int AS x
            FROM spanned t JOIN agencies_agency a ON a.id = t.whose AND a.partner
            GROUP BY GROUPING SETS ((t.span, t.since, t.kind, t.person_id), (t.span, t.since, t.kind, t.person_id, t.whose),
                (t.span, t.since, t.kind, t.person_id, t.pop), (t.span, t.since, t.kind, t.person_id, t.whose, t.pop)))
        $q$, v_rows);
BEGIN
    EXECUTE v_net || $q$
        INSERT INTO reporting_missingcount AS m (id, span, starts_on, authority_id, population, kind,
            episodes, children, overlapping, no_return_time)
        SELECT gen_random_uuid(), span, since, whose, pop, kind, sum(n), 0, sum(o), sum(x)
        FROM net WHERE n <> 0 OR o <> 0 OR x <> 0
        GROUP BY span, since, kind, whose, pop ORDER BY span, since, kind, whose, pop
        ON CONFLICT ON CONSTRAINT reporting_missingcount_once DO UPDATE SET episodes = m.episodes + excluded.episodes,
            overlapping = m.overlapping + excluded.overlapping,
            no_return_time = m.no_return_time + excluded.no_return_time $q$;
    EXECUTE v_net || $q$,
        partner AS MATERIALIZED (SELECT array_agg(id) AS ids FROM agencies_agency WHERE partner),
        now AS (
            SELECT t.span, t.since, t.kind, t.whose, t.pop, t.n, count(e.id) AS now
            FROM (SELECT *, since::timestamp AT TIME ZONE 'Europe/London' AS starts_at,
                         (since + CASE span WHEN 'year' THEN interval '1 year' ELSE interval '3 months' END)
                             AT TIME ZONE 'Europe/London' AS ends_at FROM net WHERE n <> 0) t
            CROSS JOIN partner p
            LEFT JOIN missing_episode e ON e.person_id = t.person_id
                AND e.started_at >= t.starts_at AND e.started_at < t.ends_at AND e.kind = t.kind AND NOT e.overlaps
                AND (t.pop = '' OR e.population = t.pop)
                AND CASE WHEN e.population = 'hosted' THEN e.authority_id ELSE e.responsible_id END
                    = ANY (CASE WHEN t.whose IS NULL THEN p.ids ELSE ARRAY[t.whose] END)
            GROUP BY t.span, t.since, t.kind, t.whose, t.pop, t.person_id, t.n)
        UPDATE reporting_missingcount m SET children = m.children + d.more
        FROM (SELECT span, since, kind, whose, pop, sum((now > 0)::int - (now - n > 0)::int)::int AS more
              FROM now GROUP BY span, since, kind, whose, pop) d
        WHERE d.more <> 0 AND m.span = d.span AND m.starts_on = d.since AND m.kind = d.kind
          AND m.authority_id IS NOT DISTINCT FROM d.whose AND m.population = d.pop $q$;
    RETURN NULL;
END $$;

-- The kept numbers of one authority, or of all together, for some quarters or years; without the records that are
-- restricted for the reader.
CREATE OR REPLACE FUNCTION harbour_sec.missing_counts(p_span text, p_starts date[], p_authority uuid)
RETURNS TABLE (starts_on date, population text, kind text,
    episodes bigint, children bigint, overlapping bigint, no_return_time bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_hidden uuid[];
BEGIN
    IF NOT harbour_sec.holds('figures:read') THEN RETURN; END IF;
    v_hidden := harbour_sec.hidden_people('missing');
    RETURN QUERY
    WITH less AS MATERIALIZED (
        SELECT h.* FROM harbour_sec.missing_recount(v_hidden) h WHERE cardinality(v_hidden) > 0)
    SELECT m.starts_on, m.population, m.kind, m.episodes - coalesce(h.episodes, 0), m.children - coalesce(h.children, 0),
           m.overlapping - coalesce(h.overlapping, 0), m.no_return_time - coalesce(h.no_return_time, 0)
    FROM reporting_missingcount m
    LEFT JOIN less h ON h.span = m.span AND h.starts_on = m.starts_on AND h.kind = m.kind
        AND h.authority IS NOT DISTINCT FROM m.authority_id AND h.population = m.population
    WHERE m.span = p_span AND m.starts_on = ANY (p_starts) AND m.authority_id IS NOT DISTINCT FROM p_authority;
END $$;

-- Returns in each period, and what became of the interview each child must be offered.
CREATE OR REPLACE FUNCTION harbour_sec.figures_interviews(p_from timestamptz[], p_to timestamptz[])
RETURNS TABLE (place int, authority uuid, returns bigint, offered bigint, in_time bigint, accepted bigint, held bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_hidden uuid[] := harbour_sec.hidden_people('missing');
BEGIN
    IF NOT harbour_sec.holds('figures:read') THEN RETURN; END IF;
    RETURN QUERY
    WITH told AS (
        SELECT q.n::int AS n, r.offered AS o, r.offered_at, r.due_at, r.accepted AS y, r.held_at,
               CASE WHEN e.population = 'hosted' THEN e.authority_id ELSE e.responsible_id END AS whose
        FROM unnest(p_from, p_to) WITH ORDINALITY AS q(since, before, n)
        JOIN missing_episode e ON e.returned_at >= q.since AND e.returned_at < q.before
        LEFT JOIN missing_returninterview r ON r.episode_id = e.id
        WHERE e.kind = 'M' AND NOT e.overlaps AND e.person_id <> ALL (v_hidden))
    SELECT t.n, t.whose, count(*), count(*) FILTER (WHERE t.o = 'yes'),
           count(*) FILTER (WHERE t.o = 'yes' AND t.offered_at <= t.due_at),
           count(*) FILTER (WHERE t.y = 'yes'), count(*) FILTER (WHERE t.held_at IS NOT NULL)
    FROM told t JOIN agencies_agency a ON a.id = t.whose AND a.partner
    GROUP BY GROUPING SETS ((t.n), (t.n, t.whose));
END $$;

-- Referrals received in each period that name a concern ('' for any), by sex and age of a child they speak of.
-- Sex 'U' and band 0 stand for what is not known; bands are numbered in the order given.
CREATE OR REPLACE FUNCTION harbour_sec.figures_referrals(
    p_from timestamptz[], p_to timestamptz[], p_concern text, p_low int[], p_high int[])
RETURNS TABLE (place int, authority uuid, sex text, band int, referrals bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_hidden uuid[] := harbour_sec.hidden_referrals();
BEGIN
    IF NOT harbour_sec.holds('figures:read') THEN RETURN; END IF;
    RETURN QUERY
    WITH told AS (
        SELECT q.n::int AS n, r.id, r.authority_id AS whose, coalesce(p.sex, 'U') AS s,
               harbour_sec.age_at(p.born_on, p.born_precision, (r.received_at AT TIME ZONE 'Europe/London')::date) AS years
        FROM unnest(p_from, p_to) WITH ORDINALITY AS q(since, before, n)
        JOIN referrals_referral r ON r.received_at >= q.since AND r.received_at < q.before
        LEFT JOIN (referrals_link l JOIN people_person p ON p.id = l.person_id) ON l.referral_id = r.id
            AND NOT EXISTS (SELECT 1 FROM referrals_unlink u WHERE u.link_id = l.id)
        WHERE (p_concern = '' OR p_concern = ANY (r.concerns)) AND r.id <> ALL (v_hidden)),
    banded AS (
        SELECT t.*, coalesce(b.m, 0)::int AS b FROM told t
        LEFT JOIN unnest(p_low, p_high) WITH ORDINALITY AS b(low, high, m) ON t.years BETWEEN b.low AND b.high)
    SELECT t.n, t.whose, t.s, t.b, count(DISTINCT t.id)
    FROM banded t JOIN agencies_agency a ON a.id = t.whose AND a.partner
    GROUP BY GROUPING SETS ((t.n), (t.n, t.whose), (t.n, t.s), (t.n, t.whose, t.s), (t.n, t.b), (t.n, t.whose, t.b));
END $$;

-- Referrals received in each period by local source, how many were screened in time, and what was decided.
CREATE OR REPLACE FUNCTION harbour_sec.figures_screening(p_from timestamptz[], p_to timestamptz[])
RETURNS TABLE (place int, authority uuid, source text, referrals bigint, in_time bigint, to_meeting bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_hidden uuid[] := harbour_sec.hidden_referrals();
BEGIN
    IF NOT harbour_sec.holds('figures:read') THEN RETURN; END IF;
    RETURN QUERY
    WITH told AS (
        SELECT q.n::int AS n, r.authority_id AS whose, r.local_source AS s, r.decision,
               (r.decided_at AT TIME ZONE 'Europe/London')::date <= r.screening_due_on AS soon
        FROM unnest(p_from, p_to) WITH ORDINALITY AS q(since, before, n)
        JOIN referrals_referral r ON r.received_at >= q.since AND r.received_at < q.before AND r.id <> ALL (v_hidden))
    SELECT t.n, t.whose, t.s, count(*), count(*) FILTER (WHERE t.soon), count(*) FILTER (WHERE t.decision = 'daily_meeting')
    FROM told t JOIN agencies_agency a ON a.id = t.whose AND a.partner
    GROUP BY GROUPING SETS ((t.n), (t.n, t.whose), (t.n, t.s), (t.n, t.whose, t.s));
END $$;

-- Tools completed in each period, and the pairs of the two completed together (dated by the later one).
CREATE OR REPLACE FUNCTION harbour_sec.figures_assessments(p_from timestamptz[], p_to timestamptz[])
RETURNS TABLE (place int, authority uuid, exploitation bigint, gang bigint, pairs bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_hidden uuid[] := harbour_sec.hidden_people('assessment');
BEGIN
    IF NOT harbour_sec.holds('figures:read') THEN RETURN; END IF;
    RETURN QUERY
    WITH done AS (
        SELECT a.id, a.person_id, a.paired_with_id, a.completed_at, t.code
        FROM assessments_assessment a JOIN assessments_toolversion v ON v.id = a.version_used_id
        JOIN assessments_tool t ON t.id = v.tool_id WHERE a.completed_at IS NOT NULL AND a.person_id <> ALL (v_hidden)),
    pair AS (
        SELECT DISTINCT least(r.id, g.id) AS one, greatest(r.id, g.id) AS other, r.person_id,
               greatest(r.completed_at, g.completed_at) AS at
        FROM done r JOIN done g ON g.id = r.paired_with_id OR r.id = g.paired_with_id
        WHERE r.code = 'cse_rat' AND g.code = 'gat' AND r.person_id = g.person_id),
    told AS (
        SELECT d.person_id, d.completed_at AS at, d.code AS what FROM done d
        UNION ALL SELECT p.person_id, p.at, 'pair' FROM pair p),
    placed AS (
        SELECT q.n::int AS n, t.what,
               harbour_sec.partner_of(t.person_id, (t.at AT TIME ZONE 'Europe/London')::date) AS whose
        FROM unnest(p_from, p_to) WITH ORDINALITY AS q(since, before, n)
        JOIN told t ON t.at >= q.since AND t.at < q.before)
    SELECT p.n, p.whose, count(*) FILTER (WHERE p.what = 'cse_rat'), count(*) FILTER (WHERE p.what = 'gat'),
           count(*) FILTER (WHERE p.what = 'pair')
    FROM placed p WHERE p.whose IS NOT NULL GROUP BY GROUPING SETS ((p.n), (p.n, p.whose));
END $$;

-- Children in whose case a model of exploitation was first seen in each period; one case may show several.
CREATE OR REPLACE FUNCTION harbour_sec.figures_models(p_from date[], p_to date[])
RETURNS TABLE (place int, authority uuid, model text, cases bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_hidden uuid[] := harbour_sec.hidden_people('case');
BEGIN
    IF NOT harbour_sec.holds('figures:read') THEN RETURN; END IF;
    RETURN QUERY
    WITH told AS (
        SELECT q.n::int AS n, m.person_id, m.model AS what,
               coalesce(r.authority_id, harbour_sec.partner_of(m.person_id, m.starts_on)) AS whose
        FROM unnest(p_from, p_to) WITH ORDINALITY AS q(since, before, n)
        JOIN cases_modeltag m ON m.starts_on >= q.since AND m.starts_on < q.before
        LEFT JOIN referrals_referral r ON r.id = m.referral_id
        WHERE m.person_id <> ALL (v_hidden))
    SELECT t.n, t.whose, t.what, count(DISTINCT t.person_id)
    FROM told t JOIN agencies_agency a ON a.id = t.whose AND a.partner
    GROUP BY GROUPING SETS ((t.n), (t.n, t.whose), (t.n, t.what), (t.n, t.whose, t.what));
END $$;

-- Adults of concern identified in each period, by residence, sex and age when identified. Bands may overlap here:
-- each is counted on its own; band 0 is an age not known or in no band.
CREATE OR REPLACE FUNCTION harbour_sec.figures_adults(p_from date[], p_to date[], p_low int[], p_high int[])
RETURNS TABLE (place int, authority uuid, sex text, band int, people bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_hidden uuid[] := harbour_sec.hidden_people('case');
BEGIN
    IF NOT harbour_sec.holds('figures:read') THEN RETURN; END IF;
    RETURN QUERY
    WITH told AS (
        SELECT q.n::int AS n, c.person_id, p.sex AS s,
               coalesce(c.residence_id, '00000000-0000-0000-0000-000000000000') AS whose,
               harbour_sec.age_at(p.born_on, p.born_precision, c.identified_on) AS years
        FROM unnest(p_from, p_to) WITH ORDINALITY AS q(since, before, n)
        JOIN people_concernprofile c ON c.identified_on >= q.since AND c.identified_on < q.before
        JOIN people_person p ON p.id = c.person_id
        WHERE c.person_id <> ALL (v_hidden)),
    banded AS (
        SELECT t.*, coalesce(b.m, 0)::int AS b FROM told t
        LEFT JOIN unnest(p_low, p_high) WITH ORDINALITY AS b(low, high, m) ON t.years BETWEEN b.low AND b.high)
    SELECT t.n, t.whose, t.s, t.b, count(DISTINCT t.person_id) FROM banded t
    GROUP BY GROUPING SETS ((t.n), (t.n, t.whose), (t.n, t.s), (t.n, t.whose, t.s), (t.n, t.b), (t.n, t.whose, t.b));
END $$;

-- Independent homes open on each day.
CREATE OR REPLACE FUNCTION harbour_sec.figures_homes(p_on date[])
RETURNS TABLE (place int, authority uuid, homes bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT harbour_sec.holds('figures:read') THEN RETURN; END IF;
    RETURN QUERY
    SELECT q.n::int, h.authority_id, count(*)
    FROM unnest(p_on) WITH ORDINALITY AS q(day, n)
    JOIN providers_home h ON h.independent AND (h.opened_on IS NULL OR h.opened_on <= q.day)
        AND (h.closed_on IS NULL OR h.closed_on > q.day)
    JOIN agencies_agency a ON a.id = h.authority_id AND a.partner
    GROUP BY GROUPING SETS ((q.n), (q.n, h.authority_id));
END $$;

-- Confirmed county lines active on each day, or last active since another.
CREATE OR REPLACE FUNCTION harbour_sec.figures_lines(p_on date[], p_since date[])
RETURNS TABLE (place int, authority uuid, lines bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT harbour_sec.holds('figures:read') THEN RETURN; END IF;
    RETURN QUERY
    SELECT q.n::int, c.authority_id, count(*)
    FROM unnest(p_on, p_since) WITH ORDINALITY AS q(day, since, n)
    JOIN network_countyline c ON c.status = 'confirmed' AND c.active_from <= q.day
        AND (c.last_active_on IS NULL OR c.last_active_on >= q.since)
    JOIN agencies_agency a ON a.id = c.authority_id AND a.partner
    GROUP BY GROUPING SETS ((q.n), (q.n, c.authority_id));
END $$;

REVOKE ALL ON FUNCTION harbour_sec.age_at(date, text, date), harbour_sec.partner_of(uuid, date),
    harbour_sec.figures_missing(timestamptz[], timestamptz[]), harbour_sec.figures_interviews(timestamptz[], timestamptz[]),
    harbour_sec.figures_referrals(timestamptz[], timestamptz[], text, int[], int[]),
    harbour_sec.figures_screening(timestamptz[], timestamptz[]),
    harbour_sec.figures_assessments(timestamptz[], timestamptz[]), harbour_sec.figures_models(date[], date[]),
    harbour_sec.figures_adults(date[], date[], int[], int[]), harbour_sec.figures_homes(date[]),
    harbour_sec.figures_lines(date[], date[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    harbour_sec.figures_missing(timestamptz[], timestamptz[]), harbour_sec.figures_interviews(timestamptz[], timestamptz[]),
    harbour_sec.figures_referrals(timestamptz[], timestamptz[], text, int[], int[]),
    harbour_sec.figures_screening(timestamptz[], timestamptz[]),
    harbour_sec.figures_assessments(timestamptz[], timestamptz[]), harbour_sec.figures_models(date[], date[]),
    harbour_sec.figures_adults(date[], date[], int[], int[]), harbour_sec.figures_homes(date[]),
    harbour_sec.figures_lines(date[], date[]) TO harbour_app;
REVOKE ALL ON FUNCTION harbour_sec.missing_recount(uuid[]), harbour_sec.count_missing_anew(), harbour_sec.count_missing(),
    harbour_sec.missing_counts(text, date[], uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.missing_counts(text, date[], uuid) TO harbour_app;
GRANT EXECUTE ON FUNCTION harbour_sec.count_missing_anew(), harbour_sec.count_missing() TO harbour_owner;
SET LOCAL ROLE harbour_owner;

-- Nobody reads the kept numbers but through missing_counts(), and nothing writes them but the triggers.
ALTER TABLE reporting_missingcount ENABLE ROW LEVEL SECURITY;
ALTER TABLE reporting_missingcount FORCE ROW LEVEL SECURITY;
REVOKE ALL ON reporting_missingcount FROM harbour_app;
DROP TRIGGER IF EXISTS count_missing_new ON missing_episode;
CREATE TRIGGER count_missing_new AFTER INSERT ON missing_episode REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION harbour_sec.count_missing();
DROP TRIGGER IF EXISTS count_missing_changed ON missing_episode;
CREATE TRIGGER count_missing_changed AFTER UPDATE ON missing_episode REFERENCING OLD TABLE AS gone NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION harbour_sec.count_missing();
DROP TRIGGER IF EXISTS count_missing_gone ON missing_episode;
CREATE TRIGGER count_missing_gone AFTER DELETE ON missing_episode REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION harbour_sec.count_missing();
DROP TRIGGER IF EXISTS count_missing_anew ON agencies_agency;
CREATE TRIGGER count_missing_anew AFTER UPDATE OF partner ON agencies_agency
    FOR EACH STATEMENT EXECUTE FUNCTION harbour_sec.count_missing_anew();
