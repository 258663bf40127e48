-- How a pair came into the queue is said by its slots, each for itself, and by a lease from the moment it is given: a batch
-- that is written while somebody holds a pair speaks of the open slots alone.

DO $$
DECLARE
    rule record;
BEGIN
    -- "extra = (… IS NOT NULL)": from now on every slot says it
    FOR rule IN SELECT conname FROM pg_constraint
        WHERE conrelid = 'slot'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%extra =%' LOOP
        EXECUTE format('ALTER TABLE slot DROP CONSTRAINT %I', rule.conname);
    END LOOP;
END
$$;

-- what waits or is held: as its pair says, as a label would have until now
UPDATE slot SET selection_probability = p.selection_probability, acquisition_batch_id = p.acquisition_batch_id,
    score_parts = p.score_parts
FROM pair p WHERE p.id = slot.pair_id AND NOT slot.extra AND slot.state <> 'FILLED';
-- what is labelled: as its label says, which nobody can change any more
UPDATE slot SET selection_probability = l.selection_probability, acquisition_batch_id = l.acquisition_batch_id,
    score_parts = CASE WHEN l.acquisition_batch_id IS NOT DISTINCT FROM p.acquisition_batch_id THEN p.score_parts ELSE '{}' END
FROM label l JOIN pair p ON p.id = l.pair_id WHERE l.id = slot.label_id AND NOT slot.extra;

ALTER TABLE slot
    ALTER COLUMN selection_probability SET DEFAULT 1,
    ALTER COLUMN selection_probability SET NOT NULL,
    ALTER COLUMN score_parts SET DEFAULT '{}',
    ALTER COLUMN score_parts SET NOT NULL,
    ADD CONSTRAINT slot_extra_was_chosen CHECK (NOT extra OR acquisition_batch_id IS NOT NULL);

ALTER TABLE assignment
    ADD COLUMN stratum text CHECK (stratum IN ('UNIFORM', 'ACQUIRED', 'GOLD', 'TRAINING')),
    -- of the slot at the moment of the lease
    ADD COLUMN selection_probability double precision NOT NULL DEFAULT 1,
    ADD COLUMN acquisition_batch_id uuid REFERENCES acquisition_batch;
UPDATE assignment SET stratum = 'GOLD' WHERE known_answer_id IS NOT NULL;
UPDATE assignment a SET stratum = p.stratum, selection_probability = p.selection_probability,
    acquisition_batch_id = p.acquisition_batch_id
FROM pair p WHERE p.id = a.pair_id AND a.known_answer_id IS NULL;
UPDATE assignment a SET selection_probability = s.selection_probability, acquisition_batch_id = s.acquisition_batch_id
FROM slot s WHERE s.assignment_id = a.id AND s.state = 'LEASED';
UPDATE assignment a SET stratum = l.stratum, selection_probability = l.selection_probability,
    acquisition_batch_id = l.acquisition_batch_id
FROM (SELECT DISTINCT ON (assignment_id) * FROM label ORDER BY assignment_id, sequence DESC) l
WHERE l.assignment_id = a.id AND a.state IN ('LABELLED', 'SKIPPED');
ALTER TABLE assignment ALTER COLUMN stratum SET NOT NULL;

CREATE INDEX assignment_skipped ON assignment (campaign_id, pair_id) WHERE state = 'SKIPPED';

ALTER TABLE pair
    DROP COLUMN selection_probability,
    DROP COLUMN acquisition_batch_id,
    DROP COLUMN score_parts;

-- Whatever hands out a pair: a new lease is under the protocol version that holds now, and says how its slot came into the
-- queue. Gold came by no choice.
DROP TRIGGER assignment_protocol ON assignment;
DROP FUNCTION lease_under_current_protocol;
CREATE FUNCTION describe_lease() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.protocol_sha256 := (SELECT protocol_sha256 FROM campaign WHERE id = NEW.campaign_id);
    NEW.stratum := 'GOLD';
    NEW.selection_probability := 1;
    NEW.acquisition_batch_id := NULL;
    IF NEW.slot IS NOT NULL THEN
        SELECT stratum, selection_probability, acquisition_batch_id
            INTO STRICT NEW.stratum, NEW.selection_probability, NEW.acquisition_batch_id
            FROM slot WHERE pair_id = NEW.pair_id AND ordinal = NEW.slot;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER assignment_describes_itself BEFORE INSERT ON assignment
    FOR EACH ROW EXECUTE FUNCTION describe_lease();

-- Times that nobody can have spent on a pair. Labels that came before this rule stay as they are; figures cut them.
ALTER TABLE label ADD CONSTRAINT label_times CHECK (active_milliseconds BETWEEN 0 AND 86400000
    AND first_answer_milliseconds BETWEEN 0 AND 86400000) NOT VALID;
ALTER TABLE qualification_question ADD CONSTRAINT qualification_question_time
    CHECK (active_milliseconds BETWEEN 0 AND 86400000) NOT VALID;

-- One meaning for every figure. A pair is answered by somebody while their latest label of it is an answer; it counts once,
-- on the day of the first answer, whatever was corrected since.
CREATE VIEW answered_pair AS
    SELECT campaign_id, annotator_id, pair_id, min(submitted_at) FILTER (WHERE kind = 'ANSWER') AS answered_at,
        -- kept beside the pair's labels, which were complete
        (array_agg(slot IS NULL AND stratum <> 'GOLD' ORDER BY sequence DESC))[1] AS extra
    FROM label GROUP BY campaign_id, annotator_id, pair_id
    HAVING (array_agg(kind ORDER BY sequence DESC))[1] = 'ANSWER';
-- A pair is skipped by somebody while their latest label of it is a skip.
CREATE VIEW current_skip AS
    SELECT l.* FROM label l WHERE l.kind = 'SKIP' AND NOT EXISTS (
        SELECT 1 FROM label newer WHERE newer.pair_id = l.pair_id AND newer.annotator_id = l.annotator_id
            AND newer.sequence > l.sequence);
-- Labels that models learn from and that no training has seen: those beyond what the last run froze, however it ended.
CREATE VIEW labels_since_training AS
    SELECT c.id AS campaign_id, greatest(0,
        (SELECT count(*) FROM current_label l WHERE l.campaign_id = c.id AND l.stratum IN ('UNIFORM', 'ACQUIRED'))
        - coalesce((SELECT s.labels FROM training_run r JOIN dataset_snapshot s ON s.id = r.snapshot_id
                    WHERE r.campaign_id = c.id ORDER BY r.created_at DESC LIMIT 1), 0)) AS labels
    FROM campaign c;
