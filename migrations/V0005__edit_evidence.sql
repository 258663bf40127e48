-- What each edit changed outside the region that it plainly touched. Measured by a worker after the import: a row that is
-- PENDING is the job, so nothing is lost with a process, and candidates of earlier releases are measured as well.

CREATE TABLE candidate_evidence (
    candidate_id   uuid PRIMARY KEY REFERENCES candidate,
    outcome        text NOT NULL DEFAULT 'PENDING' CHECK (outcome IN
                       ('PENDING', 'MEASURED', 'WHOLE_PICTURE', 'NO_REGION', 'UNCHANGED', 'UNREADABLE')),
    -- which way of measuring this is
    method         smallint,
    -- shares 0..1: of the picture in the touched region; of the rest that changed noticeably
    touched_share  real CHECK (touched_share BETWEEN 0 AND 1),
    touched_parts  integer,
    leak_share     real CHECK (leak_share BETWEEN 0 AND 1),
    -- mean colour difference (CIE94) of what changed outside
    leak_strength  real,
    -- the map of both, in the object store
    overlay_sha256 text CHECK (overlay_sha256 ~ '^[0-9a-f]{64}$'),
    attempts       smallint NOT NULL DEFAULT 0,
    not_before     timestamptz NOT NULL DEFAULT now(),
    measured_at    timestamptz,
    CHECK ((outcome = 'MEASURED') = (leak_share IS NOT NULL)),
    CHECK ((outcome = 'MEASURED') = (overlay_sha256 IS NOT NULL)),
    CHECK ((outcome = 'PENDING') = (measured_at IS NULL))
);
CREATE INDEX candidate_evidence_pending ON candidate_evidence (candidate_id) WHERE outcome = 'PENDING';

-- Whoever adds candidates need not know that somebody measures them.
CREATE FUNCTION queue_candidate_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO candidate_evidence (candidate_id) SELECT id FROM added;
    RETURN NULL;
END
$$;
CREATE TRIGGER candidate_wants_evidence AFTER INSERT ON candidate REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION queue_candidate_evidence();

INSERT INTO candidate_evidence (candidate_id) SELECT id FROM candidate;
