-- A campaign of 1,000 pairs with three labels each by twelve annotators, nine of whom are honest. Ken clicks at random, Lea
-- takes the left picture, and Mo works well in the first half and at random in the second. Everybody disagrees on
-- stylizations. Always the same.
SELECT setseed(0.25);

CREATE TEMP TABLE person AS SELECT * FROM (VALUES
    (1, 'ada', 'Ada Berg', 'en'), (2, 'bao', 'Bao Chen', 'zh'), (3, 'cal', 'Cal Diaz', 'en'), (4, 'dai', 'Dai Feng', 'zh'),
    (5, 'eva', 'Eva Grün', 'en'), (6, 'fei', 'Fei Hu', 'zh'), (7, 'gil', 'Gil Ito', 'en'), (8, 'hua', 'Hua Jin', 'zh'),
    (9, 'ian', 'Ian Kaya', 'en'), (10, 'ken', 'Ken Clicker', 'en'), (11, 'lea', 'Lea Lefttaker', 'en'),
    (12, 'mo', 'Mo Drifter', 'en')) AS p (n, name, display_name, language);
INSERT INTO account (name, display_name, role, language) SELECT name, display_name, 'ANNOTATOR', language FROM person;
ALTER TABLE person ADD COLUMN id uuid;
UPDATE person SET id = account.id FROM account WHERE account.name = person.name;

INSERT INTO image (sha256, media_type, width, height, bytes)
SELECT repeat('0', 63) || '4', 'image/png', 8, 8, 64 WHERE NOT EXISTS (SELECT 1 FROM image);
CREATE TEMP TABLE picture AS SELECT sha256, row_number() OVER (ORDER BY sha256) - 1 AS n FROM image;

INSERT INTO campaign (name, protocol_sha256)
SELECT 'Campaign with faults', sha256 FROM protocol WHERE id = 'edit-preference' AND version = 1;
CREATE TEMP TABLE made AS SELECT * FROM campaign WHERE name = 'Campaign with faults';
INSERT INTO campaign_member (campaign_id, account_id, role)
SELECT made.id, person.id, 'ANNOTATOR' FROM made, person
UNION ALL SELECT made.id, account.id, 'LEAD' FROM made, account WHERE account.role = 'LEAD';
INSERT INTO campaign_image (campaign_id, sha256) SELECT made.id, sha256 FROM made, picture;

INSERT INTO item (campaign_id, external_id, instruction, category, source_sha256)
SELECT made.id, 'item-' || lpad(n::text, 4, '0'), 'Make thing number ' || n || ' red.',
    (ARRAY['Colour editing', 'Subject addition', 'Background editing', 'Subject removal', 'Stylization'])[1 + n % 5],
    (SELECT sha256 FROM picture WHERE picture.n = g.n % (SELECT count(*) FROM picture))
FROM made, generate_series(1, 1000) AS g (n);
CREATE TEMP TABLE truth AS
SELECT i.id AS item, right(i.external_id, 4)::int AS n, o AS ordinal,
    1 + floor(random() * 4)::int AS instruction, 1 + floor(random() * 4)::int AS quality
FROM item i JOIN made ON made.id = i.campaign_id CROSS JOIN generate_series(0, 1) o ORDER BY i.external_id, o;
INSERT INTO candidate (campaign_id, item_id, ordinal, model, path, image_sha256)
SELECT made.id, item, ordinal, 'editor-' || (ARRAY['x', 'y', 'z'])[1 + (n + ordinal) % 3], n || '-' || ordinal,
    (SELECT sha256 FROM picture WHERE picture.n = (t.n + 1 + t.ordinal) % (SELECT count(*) FROM picture))
FROM made, truth t;
-- nobody waits for what their pictures show
DELETE FROM candidate_evidence e USING candidate c, made WHERE c.id = e.candidate_id AND c.campaign_id = made.id;
INSERT INTO pair (campaign_id, item_id, first_candidate_id, second_candidate_id, stratum)
SELECT made.id, f.item_id, f.id, s.id, CASE WHEN t.n % 10 < 7 THEN 'UNIFORM' ELSE 'ACQUIRED' END
FROM made JOIN candidate f ON f.campaign_id = made.id AND f.ordinal = 0
JOIN candidate s ON s.item_id = f.item_id AND s.ordinal = 1 JOIN truth t ON t.item = f.item_id AND t.ordinal = 0
ORDER BY t.n;
INSERT INTO slot (pair_id, ordinal, campaign_id, stratum)
SELECT p.id, o, p.campaign_id, p.stratum FROM pair p JOIN made ON made.id = p.campaign_id CROSS JOIN generate_series(0, 2) o;

CREATE TEMP TABLE given AS
SELECT p.id AS pair, p.stratum, f.n, chosen.person, chosen.slot, random() < 0.5 AS swapped,
    f.instruction AS fi, f.quality AS fq, s.instruction AS si, s.quality AS sq
FROM pair p JOIN made ON made.id = p.campaign_id JOIN truth f ON f.item = p.item_id AND f.ordinal = 0
JOIN truth s ON s.item = p.item_id AND s.ordinal = 1
CROSS JOIN LATERAL (
    SELECT person.n AS person, row_number() OVER (ORDER BY md5(f.n || '-' || person.n)) - 1 AS slot
    FROM person ORDER BY md5(f.n || '-' || person.n) LIMIT 3) chosen
ORDER BY f.n, chosen.slot;

-- what is seen: the truth, one off now and then, more often where all disagree
CREATE FUNCTION pg_temp.seen(truth int, noise float8) RETURNS int LANGUAGE sql VOLATILE AS $$
    SELECT CASE WHEN random() < noise THEN least(4, greatest(1, truth + CASE WHEN random() < 0.5 THEN 1 ELSE -1 END)) ELSE truth END
$$;
CREATE FUNCTION pg_temp.thrown() RETURNS int LANGUAGE sql VOLATILE AS $$ SELECT 1 + floor(random() * 4)::int $$;
CREATE TEMP TABLE answer AS
SELECT g.*,
    CASE WHEN left_taken THEN CASE WHEN swapped THEN 2 ELSE 4 END WHEN careless THEN pg_temp.thrown() ELSE pg_temp.seen(fi, noise) END AS afi,
    CASE WHEN left_taken THEN CASE WHEN swapped THEN 4 ELSE 2 END WHEN careless THEN pg_temp.thrown() ELSE pg_temp.seen(si, noise) END AS asi,
    CASE WHEN careless THEN pg_temp.thrown() ELSE pg_temp.seen(fq, noise) END AS afq,
    CASE WHEN careless THEN pg_temp.thrown() ELSE pg_temp.seen(sq, noise) END AS asq
FROM (SELECT given.*, person = 11 AND random() < 0.6 AS left_taken, person = 10 OR person = 12 AND n > 500 AS careless,
        CASE WHEN n % 5 = 4 THEN 0.7 ELSE 0.15 END AS noise FROM given) g
ORDER BY n, slot;

INSERT INTO assignment (campaign_id, pair_id, annotator_id, slot, state, fencing_token, expires_at, swapped)
SELECT made.id, pair, person.id, slot, 'LABELLED', nextval('fencing_token'), now(), swapped
FROM made, answer JOIN person ON person.n = answer.person ORDER BY answer.n, slot;

CREATE FUNCTION pg_temp.verdict(first int, second int, bad int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN first > second THEN 'first' WHEN first < second THEN 'second' WHEN first <= bad THEN 'both_bad' ELSE 'tie' END
$$;
INSERT INTO label (id, campaign_id, pair_id, annotator_id, assignment_id, slot, kind, protocol_sha256, answers, verdicts,
    swapped, stratum, selection_probability, fencing_token, active_milliseconds, submitted_at)
SELECT md5('label ' || w.n || ' ' || w.slot)::uuid, a.campaign_id, a.pair_id, a.annotator_id, a.id, a.slot, 'ANSWER', a.protocol_sha256,
    jsonb_build_object('instruction_following', jsonb_build_object('first', afi, 'second', asi),
        'visual_quality', jsonb_build_object('first', afq, 'second', asq)),
    jsonb_build_object('instruction_following', pg_temp.verdict(afi, asi, 1), 'visual_quality', pg_temp.verdict(afq, asq, 1),
        'overall', pg_temp.verdict(afi + afq, asi + asq, 3)),
    a.swapped, a.stratum, 1, a.fencing_token, 9000, timestamptz '2026-03-02 09:00Z' + w.n * interval '2 hours' + w.slot * interval '9 minutes'
FROM answer w JOIN person ON person.n = w.person JOIN assignment a ON a.pair_id = w.pair AND a.annotator_id = person.id
ORDER BY w.n, w.slot;
UPDATE slot SET state = 'FILLED', assignment_id = l.assignment_id, label_id = l.id FROM label l, made
WHERE l.campaign_id = made.id AND l.pair_id = slot.pair_id AND l.slot = slot.ordinal;
DROP TABLE person, picture, truth, given, answer, made;
