-- Pairs that a lead has taken out of the queue: nobody is given them any more, until they are put back.
CREATE TABLE pair_taken_out (
    pair_id     uuid PRIMARY KEY REFERENCES pair,
    campaign_id uuid NOT NULL REFERENCES campaign,
    taken_by    uuid NOT NULL REFERENCES account,
    taken_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX pair_taken_out_campaign ON pair_taken_out (campaign_id);

-- A slot of such a pair is OUT where it would be OPEN. It is in none of the indexes of the queue, so a claim does not meet it.
DO $$
DECLARE
    rule record;
BEGIN
    FOR rule IN SELECT conname FROM pg_constraint
        WHERE conrelid = 'slot'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%''OPEN''%' LOOP
        EXECUTE format('ALTER TABLE slot DROP CONSTRAINT %I', rule.conname);
    END LOOP;
END
$$;
ALTER TABLE slot
    ADD CONSTRAINT slot_state_check CHECK (state IN ('OPEN', 'LEASED', 'FILLED', 'OUT')),
    ADD CONSTRAINT slot_assignment_check CHECK ((state IN ('OPEN', 'OUT')) = (assignment_id IS NULL));

-- Leases that are out stay valid. What comes back from one stays out of the queue, whoever gives it back.
CREATE FUNCTION keep_slot_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM pair_taken_out WHERE pair_id = NEW.pair_id) THEN
        NEW.state := 'OUT';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER slot_stays_out BEFORE UPDATE OF state ON slot
    FOR EACH ROW WHEN (NEW.state = 'OPEN' AND OLD.state <> 'OPEN') EXECUTE FUNCTION keep_slot_out();

-- What a lead made of what an annotator wrote. Without a row it is open.
CREATE TABLE message_reply (
    label_id    uuid PRIMARY KEY REFERENCES label,
    campaign_id uuid NOT NULL REFERENCES campaign,
    state       text NOT NULL CHECK (state IN ('ANSWERED', 'DISMISSED')),
    -- what the lead says
    answer      text CHECK (length(answer) BETWEEN 1 AND 2000),
    replied_by  uuid NOT NULL REFERENCES account,
    replied_at  timestamptz NOT NULL DEFAULT now(),
    CHECK ((state = 'ANSWERED') = (answer IS NOT NULL))
);

-- What annotators write to the lead (a comment, a flag, the reason of a skip), in the order in which it came.
CREATE INDEX label_message ON label (campaign_id, sequence) WHERE flagged OR comment IS NOT NULL OR kind = 'SKIP';
-- It holds as long as it is the last thing that its annotator has said of the pair.
CREATE VIEW message AS
    SELECT l.* FROM label l
    WHERE (l.flagged OR l.comment IS NOT NULL OR l.kind = 'SKIP') AND NOT EXISTS (
        SELECT 1 FROM label newer WHERE newer.pair_id = l.pair_id AND newer.annotator_id = l.annotator_id
            AND newer.sequence > l.sequence);

-- Pairs are listed in the order of their ids, page by page, and looked for by what they are.
CREATE INDEX pair_listed ON pair (campaign_id, id);
CREATE INDEX item_category ON item (campaign_id, category) WHERE category IS NOT NULL;
CREATE INDEX candidate_model ON candidate (campaign_id, model);
