-- Roll-ups in PostgreSQL: for headquarters that want more than one machine's worth of files, or one picture over the years.
--
--   psql -f rollup.sql                                                    once: tables, a function, views
--   monshin checklist show meti-factory --format csv | psql -c 'COPY items_in FROM STDIN (FORMAT csv, HEADER)'
--   monshin rollup plants/ --rows sites   --format csv | psql -c 'COPY sites_in FROM STDIN (FORMAT csv, HEADER)'
--   monshin rollup plants/ --rows answers --format csv | psql -c 'COPY answers_in FROM STDIN (FORMAT csv, HEADER)'
--   psql -c 'SELECT take_rollup()'
--
-- Load as often as you like: a site and round that is there already is replaced. Many machines may roll up a part of the files each and
-- load into the same tables. Rows of answers name a site by its id alone: when two companies use the same id (monshin rollup says so), load
-- them into schemas of their own.
BEGIN;

-- What the program writes, column by column; emptied by take_rollup(). An empty field is NULL.
CREATE UNLOGGED TABLE items_in (item text, category text, weight int, key text, text text);
CREATE UNLOGGED TABLE sites_in (
    site_id text, company text, site text, country text, round text, date date, answered int, total int, score numeric(4,1), grade text,
    people numeric(4,1), process numeric(4,1), technology numeric(4,1), scm numeric(4,1), file text);
CREATE UNLOGGED TABLE answers_in (site_id text, round text, item text, state text, level smallint, basis text);

CREATE TABLE items (item text PRIMARY KEY, category text NOT NULL, weight int NOT NULL, key boolean NOT NULL, text text);
CREATE TABLE sites (
    site_id text NOT NULL, round text NOT NULL, company text, site text, country text, date date, answered int NOT NULL, total int NOT NULL,
    score numeric(4,1), grade text, people numeric(4,1), process numeric(4,1), technology numeric(4,1), scm numeric(4,1), file text,
    loaded timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (site_id, round));
CREATE TABLE answers (
    site_id text NOT NULL, round text NOT NULL, item text NOT NULL,
    state text NOT NULL CHECK (state IN ('level', 'unknown', 'na', 'unanswered')),
    level smallint CHECK (level BETWEEN 1 AND 5), basis text,
    PRIMARY KEY (site_id, round, item),
    CHECK ((state = 'level') = (level IS NOT NULL)));
CREATE INDEX answers_by_item ON answers (item, level);

-- Takes over what was copied in, replacing what is there of the same site and round. Says how many sites and answers.
CREATE FUNCTION take_rollup(OUT n_sites bigint, OUT n_answers bigint) LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO items SELECT item, category, weight, key = 'yes', text FROM items_in
        ON CONFLICT (item) DO UPDATE SET category = EXCLUDED.category, weight = EXCLUDED.weight, key = EXCLUDED.key, text = EXCLUDED.text;
    DELETE FROM sites s USING sites_in i WHERE s.site_id = coalesce(i.site_id, '') AND s.round = coalesce(i.round, '');
    INSERT INTO sites (site_id, round, company, site, country, date, answered, total, score, grade, people, process, technology, scm, file)
        SELECT coalesce(site_id, ''), coalesce(round, ''), company, site, country, date, answered, total, score, grade, people, process,
               technology, scm, file FROM sites_in;
    GET DIAGNOSTICS n_sites = ROW_COUNT;
    DELETE FROM answers a USING (SELECT DISTINCT coalesce(site_id, '') AS site_id, coalesce(round, '') AS round FROM answers_in) i
        WHERE a.site_id = i.site_id AND a.round = i.round;
    INSERT INTO answers SELECT coalesce(site_id, ''), coalesce(round, ''), item, state, level, basis FROM answers_in;
    GET DIAGNOSTICS n_answers = ROW_COUNT;
    TRUNCATE items_in, sites_in, answers_in;
END $$;

-- The newest round of each site: by its number where it is one, then by its date.
CREATE VIEW latest AS
    SELECT DISTINCT ON (site_id) * FROM sites
    ORDER BY site_id, CASE WHEN round ~ '^[0-9]{1,9}$' THEN round::int END DESC NULLS LAST, date DESC NULLS LAST, loaded DESC;

-- Sites x items of the newest round: levels as an object, whatever the checklist ({"1-1": 3, "1-2": null, ...}).
CREATE VIEW matrix AS
    SELECT l.site_id, l.site, l.country, l.grade, l.score, jsonb_object_agg(a.item, a.level ORDER BY a.item) AS level
    FROM latest l JOIN answers a USING (site_id, round)
    GROUP BY l.site_id, l.site, l.country, l.grade, l.score;

-- The same with a column an item, for the 32 items of METI's Appendix E.
CREATE VIEW matrix_meti AS
    SELECT l.site_id, l.site, l.country, l.grade, l.score,
    max(level) FILTER (WHERE item = '1-1') AS "1-1", max(level) FILTER (WHERE item = '1-2') AS "1-2",
    max(level) FILTER (WHERE item = '1-3') AS "1-3", max(level) FILTER (WHERE item = '1-4') AS "1-4",
    max(level) FILTER (WHERE item = '1-5') AS "1-5",
    max(level) FILTER (WHERE item = '2-1') AS "2-1", max(level) FILTER (WHERE item = '2-2') AS "2-2",
    max(level) FILTER (WHERE item = '2-3') AS "2-3", max(level) FILTER (WHERE item = '2-4') AS "2-4",
    max(level) FILTER (WHERE item = '2-5') AS "2-5", max(level) FILTER (WHERE item = '2-6') AS "2-6",
    max(level) FILTER (WHERE item = '2-7') AS "2-7", max(level) FILTER (WHERE item = '2-8') AS "2-8",
    max(level) FILTER (WHERE item = '2-9') AS "2-9", max(level) FILTER (WHERE item = '2-10') AS "2-10",
    max(level) FILTER (WHERE item = '2-11') AS "2-11", max(level) FILTER (WHERE item = '2-12') AS "2-12",
    max(level) FILTER (WHERE item = '2-13') AS "2-13",
    max(level) FILTER (WHERE item = '3-1') AS "3-1", max(level) FILTER (WHERE item = '3-2') AS "3-2",
    max(level) FILTER (WHERE item = '3-3') AS "3-3", max(level) FILTER (WHERE item = '3-4') AS "3-4",
    max(level) FILTER (WHERE item = '3-5') AS "3-5", max(level) FILTER (WHERE item = '3-6') AS "3-6",
    max(level) FILTER (WHERE item = '3-7') AS "3-7", max(level) FILTER (WHERE item = '3-8') AS "3-8",
    max(level) FILTER (WHERE item = '4-1') AS "4-1", max(level) FILTER (WHERE item = '4-2') AS "4-2",
    max(level) FILTER (WHERE item = '4-3') AS "4-3", max(level) FILTER (WHERE item = '4-4') AS "4-4",
    max(level) FILTER (WHERE item = '4-5') AS "4-5", max(level) FILTER (WHERE item = '4-6') AS "4-6"
    FROM latest l JOIN answers a USING (site_id, round)
    GROUP BY l.site_id, l.site, l.country, l.grade, l.score;

-- How many sites have which grade, by country.
CREATE VIEW grades AS
    SELECT country, grade, count(*) AS sites, round(avg(score), 1) AS mean_score FROM latest GROUP BY country, grade;

-- How many sites stand where, by item.
CREATE VIEW distribution AS
    SELECT a.item, i.category, i.key,
        count(*) FILTER (WHERE level = 1) AS level_1, count(*) FILTER (WHERE level = 2) AS level_2, count(*) FILTER (WHERE level = 3) AS level_3,
        count(*) FILTER (WHERE level = 4) AS level_4, count(*) FILTER (WHERE level = 5) AS level_5,
        count(*) FILTER (WHERE state = 'unknown') AS unknown, count(*) FILTER (WHERE state = 'na') AS na,
        count(*) FILTER (WHERE state = 'unanswered') AS unanswered,
        round(avg(level), 2) AS mean_level,
        count(*) FILTER (WHERE basis IN ('examine', 'test')) AS seen
    FROM latest l JOIN answers a USING (site_id, round) LEFT JOIN items i USING (item)
    GROUP BY a.item, i.category, i.key;

-- Each site's rounds in order, and what changed since the one before.
CREATE VIEW trend AS
    SELECT site_id, site, country, round, date, score, grade,
        score - lag(score) OVER w AS score_change, lag(grade) OVER w AS grade_before, people, process, technology, scm
    FROM sites
    WINDOW w AS (PARTITION BY site_id ORDER BY CASE WHEN round ~ '^[0-9]{1,9}$' THEN round::int END NULLS FIRST, date NULLS FIRST, loaded);

COMMIT;
