-- The task of an item by what its pictures show, so that it is the same in whatever format they came. A picture whose pixels have
-- not been measured yet counts by its file.
CREATE FUNCTION task_of(item_id uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(
        coalesce(s.pixels_sha256, s.sha256) || E'\n' || c.images || E'\n' || i.instruction, 'UTF8')), 'hex')
    FROM item i
    JOIN image s ON s.sha256 = i.source_sha256
    CROSS JOIN LATERAL (
        SELECT string_agg(DISTINCT coalesce(p.pixels_sha256, p.sha256) COLLATE "C", E'\n'
                          ORDER BY coalesce(p.pixels_sha256, p.sha256) COLLATE "C") AS images
        FROM candidate d JOIN image p ON p.sha256 = d.image_sha256
        WHERE d.item_id = i.id) c
    WHERE i.id = task_of.item_id
$$;

UPDATE item SET task_sha256 = task_of(id) WHERE task_sha256 IS NOT NULL;
