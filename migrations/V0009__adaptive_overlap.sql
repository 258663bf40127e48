-- Adaptive overlap: another opinion on a labelled pair where it is expected to teach more than a new pair.

-- Most labels of a pair outside the uniform stratum; where it equals acquired_labels no pair gets more than those.
ALTER TABLE campaign ADD COLUMN most_labels smallint NOT NULL DEFAULT 3 CHECK (most_labels BETWEEN 1 AND 20);
-- campaigns made before keep the numbers of labels that they were made with
UPDATE campaign SET most_labels = acquired_labels;

-- An extra slot says itself how it came into the queue; the pair's own columns speak of its first labels.
ALTER TABLE slot
    ADD COLUMN extra boolean NOT NULL DEFAULT false,
    ADD COLUMN selection_probability double precision,
    ADD COLUMN acquisition_batch_id uuid REFERENCES acquisition_batch,
    ADD COLUMN score_parts jsonb,
    ADD CHECK (extra = (selection_probability IS NOT NULL)),
    ADD CHECK (extra = (acquisition_batch_id IS NOT NULL)),
    ADD CHECK (extra = (score_parts IS NOT NULL));
CREATE INDEX slot_extra ON slot (campaign_id) WHERE extra AND state = 'OPEN';

-- Extra slots that nobody had taken and that left the queue again.
CREATE TABLE slot_withdrawal (
    id                   uuid PRIMARY KEY DEFAULT uuidv7(),
    campaign_id          uuid NOT NULL REFERENCES campaign,
    pair_id              uuid NOT NULL REFERENCES pair,
    ordinal              smallint NOT NULL,
    -- the batch whose choice withdrew it
    acquisition_batch_id uuid NOT NULL REFERENCES acquisition_batch,
    -- CONTESTED: more opinions would not settle the pair; OUTBID: a new pair is worth more now
    reason               text NOT NULL CHECK (reason IN ('CONTESTED', 'OUTBID')),
    -- probability that the opinions still allowed would settle the pair, where that is the reason
    settles              double precision CHECK (settles BETWEEN 0 AND 1),
    withdrawn_at         timestamptz NOT NULL DEFAULT now(),
    CHECK ((reason = 'CONTESTED') = (settles IS NOT NULL))
);
CREATE INDEX slot_withdrawal_campaign ON slot_withdrawal (campaign_id, withdrawn_at);
CREATE TRIGGER slot_withdrawal_is_append_only BEFORE UPDATE OR DELETE ON slot_withdrawal
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The policy that the campaign asks for, where another one chose in its place because its own had not paid.
ALTER TABLE acquisition_batch ADD COLUMN in_place_of text;
