-- By which version of the way from file to pixels a picture was taken in, and by which its pixels and reduced variants were last
-- looked at. A worker looks again at pictures of earlier versions, in the background. 1 heeded no colours.
ALTER TABLE image
    ADD COLUMN taken_in_by      smallint NOT NULL DEFAULT 1,
    ADD COLUMN measured_by      smallint NOT NULL DEFAULT 1,
    -- the version that changed its pixels after it had come in: its variants carry the number in their names
    ADD COLUMN remade_by        smallint CHECK (remade_by > 1),
    ADD COLUMN measure_attempts smallint NOT NULL DEFAULT 0,
    ADD COLUMN measure_after    timestamptz NOT NULL DEFAULT '-infinity';
UPDATE image SET taken_in_by = 2, measured_by = 2 WHERE colour_managed;
ALTER TABLE image DROP COLUMN colour_managed;
CREATE INDEX image_measured_by ON image (measured_by, sha256);

-- Which version's pixels were measured. Null for what was never measured.
ALTER TABLE candidate_evidence ADD COLUMN pipeline smallint;
UPDATE candidate_evidence SET pipeline = 1 WHERE outcome <> 'PENDING';

-- Which version's pixels the features are of; those that are no longer the pictures' are computed anew by the next run.
ALTER TABLE candidate_feature
    ADD COLUMN pipeline smallint NOT NULL DEFAULT 1,
    ADD COLUMN stale    boolean NOT NULL DEFAULT false;

-- From a picture to what was made of it.
CREATE INDEX candidate_image ON candidate (image_sha256);
CREATE INDEX item_source_picture ON item (source_sha256);
