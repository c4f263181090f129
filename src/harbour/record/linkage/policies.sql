-- Linkage: the vocabulary is closed to the application; a function gives tokens like those asked for, never counts.

SELECT harbour_sec.protect('linkage_part', 'person_id', 'identity', 'SELECT');
ALTER TABLE linkage_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE linkage_token FORCE ROW LEVEL SECURITY;
REVOKE ALL ON linkage_token FROM harbour_app;
ALTER TABLE linkage_deletion ENABLE ROW LEVEL SECURITY;
ALTER TABLE linkage_deletion FORCE ROW LEVEL SECURITY;
REVOKE ALL ON linkage_deletion FROM harbour_app;

SET LOCAL ROLE harbour_sec_owner;

-- A word with each of its letters left out once; short words have none, or every two-letter name would be like
-- every other.
CREATE OR REPLACE FUNCTION harbour_sec.one_letter_less(p_word text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE ROWS 10 SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT left(p_word, i - 1) || substr(p_word, i + 1)
    FROM generate_series(1, length(p_word)) i WHERE length(p_word) >= 3 $$;

-- The words of a name as it was written.
CREATE OR REPLACE FUNCTION harbour_sec.words_of(p_text text) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT word), '{}') FROM regexp_split_to_table(
        regexp_replace(lower(unaccent(p_text)), '[''`.’‘]', '', 'g'), '[^[:alnum:]]+') word WHERE word <> '' $$;

-- Learn words that the vocabulary does not hold yet. Nothing is unique here on purpose: a long import must not
-- make another person wait, or die with her, for having typed the same new name. A word learnt twice does no harm.
CREATE OR REPLACE FUNCTION harbour_sec.learn_words(p_field text, p_words text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_new text[] := ARRAY(
        SELECT DISTINCT w FROM unnest(p_words) w WHERE w <> ''
        EXCEPT SELECT t.token FROM linkage_token t WHERE t.field = p_field AND t.token = ANY (p_words));
BEGIN
    IF cardinality(v_new) = 0 THEN RETURN; END IF;
    INSERT INTO linkage_token (field, token, sound, sound_other)
    SELECT p_field, w, dmetaphone(w), dmetaphone_alt(w) FROM unnest(v_new) w;
    INSERT INTO linkage_deletion (field, part, token)
    SELECT p_field, part, w FROM unnest(v_new) w, LATERAL harbour_sec.one_letter_less(w) part;
END $$;

-- On every name written: learn its words, and write the parts of a name that has several.
CREATE OR REPLACE FUNCTION harbour_sec.learn_name() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_given text[];
    v_family text[];
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM linkage_part WHERE name_id = OLD.id;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    v_given := harbour_sec.words_of(NEW.given) || string_to_array(NEW.given_key, ' ') || replace(NEW.given_key, ' ', '');
    v_family := string_to_array(NEW.family_key, ' ') || replace(NEW.family_key, ' ', '');
    PERFORM harbour_sec.learn_words('given', v_given);
    PERFORM harbour_sec.learn_words('family', v_family);
    INSERT INTO linkage_part (person_id, name_id, family, given)
    SELECT DISTINCT NEW.person_id, NEW.id, f, g FROM unnest(v_family) f, unnest(v_given) g
    WHERE (f, g) IS DISTINCT FROM (NEW.family_key, NEW.given_key) AND f || g <> '';
    RETURN NEW;
END $$;

-- Learn the whole vocabulary anew, in a few statements: after names were loaded without the triggers.
CREATE OR REPLACE FUNCTION harbour_sec.learn_all_names() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM linkage_part;
    DELETE FROM linkage_token;
    DELETE FROM linkage_deletion;
    -- Many bear the same given names: each is taken apart once.
    INSERT INTO linkage_part (person_id, name_id, family, given)
    WITH apart AS MATERIALIZED (
        SELECT d.given, harbour_sec.words_of(d.given) AS words FROM (SELECT DISTINCT given FROM people_name) d)
    SELECT DISTINCT n.person_id, n.id, f, g
    FROM people_name n JOIN apart USING (given),
        LATERAL unnest(string_to_array(n.family_key, ' ') || replace(n.family_key, ' ', '')) f,
        LATERAL unnest(apart.words || string_to_array(n.given_key, ' ') || replace(n.given_key, ' ', '')) g
    WHERE (f, g) IS DISTINCT FROM (n.family_key, n.given_key) AND f || g <> '';
    INSERT INTO linkage_token (field, token, sound, sound_other)
    SELECT field, word, dmetaphone(word), dmetaphone_alt(word) FROM (
        SELECT 'given' AS field, given AS word FROM linkage_part
        UNION SELECT 'given', given_key FROM people_name WHERE given_key NOT LIKE '% %'
        UNION SELECT 'family', family FROM linkage_part
        UNION SELECT 'family', family_key FROM people_name WHERE family_key NOT LIKE '% %') every
    WHERE word <> '';
    INSERT INTO linkage_deletion (field, part, token)
    SELECT field, part, token FROM linkage_token, LATERAL harbour_sec.one_letter_less(token) part;
END $$;

-- The words of one field that only people hidden from the reader bear: they are no part of her vocabulary, or a rare
-- name would push a visible one out of reach.
CREATE OR REPLACE FUNCTION harbour_sec.hidden_words(p_field text) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_hidden uuid[] := harbour_sec.hidden_people('identity');
BEGIN
    IF cardinality(v_hidden) = 0 THEN RETURN '{}'; END IF;
    IF p_field = 'given' THEN
        RETURN ARRAY(
            SELECT w.word FROM (
                SELECT n.given_key AS word FROM people_name n WHERE n.person_id = ANY (v_hidden)
                UNION SELECT l.given FROM linkage_part l WHERE l.person_id = ANY (v_hidden)) w
            WHERE NOT EXISTS (SELECT 1 FROM people_name n WHERE n.given_key = w.word AND n.person_id <> ALL (v_hidden))
              AND NOT EXISTS (SELECT 1 FROM linkage_part l WHERE l.given = w.word AND l.person_id <> ALL (v_hidden)));
    END IF;
    RETURN ARRAY(
        SELECT w.word FROM (
            SELECT n.family_key AS word FROM people_name n WHERE n.person_id = ANY (v_hidden)
            UNION SELECT l.family FROM linkage_part l WHERE l.person_id = ANY (v_hidden)) w
        WHERE NOT EXISTS (SELECT 1 FROM people_name n WHERE n.family_key = w.word AND n.person_id <> ALL (v_hidden))
          AND NOT EXISTS (SELECT 1 FROM linkage_part l WHERE l.family = w.word AND l.person_id <> ALL (v_hidden)));
END $$;

-- Tokens of one field that are like the words asked for, the likest first, at most p_limit a word. Where only few
-- are wanted, spelling alone counts.
CREATE OR REPLACE FUNCTION harbour_sec.tokens_like(p_field text, p_words text[], p_limit int)
RETURNS TABLE (asked text, token text, how text, cost real)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 64 SET search_path = pg_catalog, public, pg_temp SET jit = off AS $$
DECLARE
    v_hidden text[] := harbour_sec.hidden_words(p_field);
BEGIN
    IF NOT harbour_sec.holds('identity') THEN RETURN; END IF;
    RETURN QUERY
    WITH word AS MATERIALIZED (
        SELECT DISTINCT left(w, 60) AS w FROM unnest(p_words[1:40]) w WHERE w <> ''),
    less AS MATERIALIZED (
        SELECT w, w AS part FROM word UNION SELECT w, part FROM word, LATERAL harbour_sec.one_letter_less(w) part),
    near AS (
        SELECT l.w, t.token FROM less l JOIN linkage_token t ON t.field = p_field AND t.token = l.part
        UNION SELECT l.w, d.token FROM less l JOIN linkage_deletion d ON d.field = p_field AND d.part = l.part),
    heard AS (
        SELECT w.w, t.token FROM word w JOIN linkage_token t
            ON t.field = p_field AND t.sound = dmetaphone(w.w)
        WHERE p_limit >= 10 AND dmetaphone(w.w) <> ''
        UNION SELECT w.w, t.token FROM word w JOIN linkage_token t
            ON t.field = p_field AND t.sound_other = dmetaphone(w.w)
        WHERE p_limit >= 10 AND dmetaphone(w.w) <> ''),
    begun AS (
        SELECT w.w, b.token FROM word w, LATERAL (
            SELECT t.token FROM linkage_token t WHERE p_limit >= 10 AND length(w.w) >= 3 AND t.field = p_field
                AND t.token > w.w COLLATE "C" AND t.token < (w.w || U&'\+10FFFF') COLLATE "C"
                AND t.token <> ALL (v_hidden)
            ORDER BY t.token LIMIT 200) b),
    every AS (
        SELECT u.w, u.token, bool_or(u.near) AS is_near, bool_or(u.heard) AS is_heard FROM (
            SELECT w, near.token, true AS near, false AS heard FROM near
            UNION ALL SELECT w, heard.token, false, true FROM heard
            UNION ALL SELECT w, begun.token, false, false FROM begun) u
        WHERE u.token <> ALL (v_hidden) GROUP BY u.w, u.token),
    judged AS (
        SELECT e.w, e.token, CASE
                WHEN e.token = e.w THEN 'same'
                WHEN e.is_near THEN 'spelling'
                WHEN e.is_heard THEN 'sound'
                ELSE 'start' END AS how,
            CASE
                WHEN e.token = e.w THEN 0
                WHEN e.is_near THEN levenshtein(e.w, e.token) - CASE WHEN e.is_heard THEN 0.5 ELSE 0 END
                WHEN e.is_heard THEN levenshtein(e.w, e.token) - 0.25
                ELSE 1.25 + 0.05 * (length(e.token) - length(e.w)) END::real AS cost
        FROM every e),
    ranked AS (
        SELECT j.*, row_number() OVER (PARTITION BY j.w ORDER BY j.cost, j.token) AS place
        FROM judged j WHERE j.cost <= 3.75)
    SELECT r.w, r.token::text, r.how, r.cost FROM ranked r WHERE r.place <= least(p_limit, 96) ORDER BY r.cost;
END $$;

-- Tell the owners of records hidden from the reader whom these words, number or telephone would have found. The words
-- are compared with every hidden name, whatever they say, and nothing is returned.
CREATE OR REPLACE FUNCTION harbour_sec.look_out_for(
    p_given text[], p_family text[], p_numbers text[], p_phone text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_hidden uuid[] := harbour_sec.hidden_people('identity');
    v_found uuid[];
BEGIN
    IF cardinality(v_hidden) = 0 THEN RETURN; END IF;
    WITH name AS (
        SELECT person_id, given_key AS given, family_key AS family FROM people_name WHERE person_id = ANY (v_hidden)
        UNION SELECT person_id, l.given, l.family FROM linkage_part l WHERE person_id = ANY (v_hidden)),
    judged AS (
        SELECT n.person_id,
               EXISTS (SELECT 1 FROM unnest(p_given[1:40]) w WHERE harbour_sec.alike(left(w, 60), n.given)) AS given,
               EXISTS (SELECT 1 FROM unnest(p_family[1:40]) w WHERE harbour_sec.alike(left(w, 60), n.family)) AS family,
               n.given = ANY (p_given) AS given_same, n.family = ANY (p_family) AS family_same
        FROM name n)
    SELECT array_agg(DISTINCT f.person_id) INTO v_found FROM (
        SELECT j.person_id FROM judged j WHERE CASE
            WHEN cardinality(p_given) > 0 AND cardinality(p_family) > 0 THEN j.given AND j.family
            ELSE j.given_same OR j.family_same END
        UNION SELECT i.person_id FROM people_identifier i
            WHERE i.person_id = ANY (v_hidden) AND i.value_key = ANY (p_numbers)
        UNION SELECT p.person_id FROM people_phone p
            WHERE p.person_id = ANY (v_hidden) AND p.number_key = p_phone AND p_phone <> '') f;
    PERFORM harbour_sec.look_out(coalesce(v_found, '{}'), 'search');
END $$;

-- Whether one word is the other, but for one slip of the pen or by its sound.
CREATE OR REPLACE FUNCTION harbour_sec.alike(p_asked text, p_word text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT p_asked = p_word
        OR length(p_asked) >= 4 AND (levenshtein(p_asked, left(p_word, 60)) <= 1
            OR dmetaphone(p_asked) <> '' AND dmetaphone(p_asked) = dmetaphone(p_word)) $$;

REVOKE ALL ON FUNCTION harbour_sec.hidden_words(text), harbour_sec.alike(text, text),
    harbour_sec.look_out_for(text[], text[], text[], text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.look_out_for(text[], text[], text[], text) TO harbour_app;
REVOKE ALL ON FUNCTION harbour_sec.one_letter_less(text), harbour_sec.words_of(text),
    harbour_sec.learn_words(text, text[]), harbour_sec.learn_name(), harbour_sec.learn_all_names(),
    harbour_sec.tokens_like(text, text[], int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION harbour_sec.tokens_like(text, text[], int) TO harbour_app;
GRANT EXECUTE ON FUNCTION harbour_sec.learn_name(), harbour_sec.learn_all_names() TO harbour_owner;

SET LOCAL ROLE harbour_owner;

DROP TRIGGER IF EXISTS learn_name ON people_name;
CREATE TRIGGER learn_name AFTER INSERT OR UPDATE OF given, family, given_key, family_key ON people_name
    FOR EACH ROW EXECUTE FUNCTION harbour_sec.learn_name();
DROP TRIGGER IF EXISTS forget_name ON people_name;
CREATE TRIGGER forget_name BEFORE DELETE ON people_name
    FOR EACH ROW EXECUTE FUNCTION harbour_sec.learn_name();
