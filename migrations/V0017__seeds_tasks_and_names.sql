-- Editing models draw seeds from 0 to 2^64 - 1; a bigint ends at 2^63 - 1.
ALTER TABLE candidate ALTER COLUMN seed TYPE numeric(20);

-- Digest of a picture's pixels as they are shown: the same in whatever format the file is. Null until the picture comes
-- in again, for those that came in earlier.
ALTER TABLE image ADD COLUMN pixels_sha256 text CHECK (pixels_sha256 ~ '^[0-9a-f]{64}$');

-- Digest of what annotators are asked to judge (source, candidates, instruction): the same task under two ids is found by
-- it. Null for items whose answers are known.
ALTER TABLE item ADD COLUMN task_sha256 text CHECK (task_sha256 ~ '^[0-9a-f]{64}$');

UPDATE item i
SET task_sha256 = encode(sha256(convert_to(
        i.source_sha256 || E'\n' || c.images || E'\n' || i.instruction, 'UTF8')), 'hex')
FROM (SELECT item_id, string_agg(DISTINCT image_sha256 COLLATE "C", E'\n' ORDER BY image_sha256 COLLATE "C") AS images
      FROM candidate GROUP BY item_id) c
WHERE c.item_id = i.id
  AND NOT EXISTS (SELECT 1 FROM pair p WHERE p.item_id = i.id AND p.stratum IN ('GOLD', 'TRAINING'));

CREATE INDEX item_task ON item (campaign_id, task_sha256);

-- Names are composed (NFC) and have no blanks around them from now on. Two that become the same are told apart by the
-- end of their ids.
WITH named AS (
    SELECT id, name, regexp_replace(normalize(name, NFC), '^[\s\u00a0\u200b-\u200f\u2060\ufeff]+|[\s\u00a0\u200b-\u200f\u2060\ufeff]+$', '', 'g') AS plain
    FROM campaign
), ranked AS (
    SELECT id, plain, row_number() OVER (PARTITION BY plain ORDER BY name <> plain, id) AS rank FROM named
)
UPDATE campaign c
SET name = CASE WHEN r.rank = 1 AND r.plain <> '' THEN r.plain ELSE left(r.plain, 100) || ' (' || right(c.id::text, 12) || ')' END
FROM ranked r
WHERE r.id = c.id AND (r.plain <> c.name OR r.rank > 1);
