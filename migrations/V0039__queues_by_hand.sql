-- What leads do to the queue by hand, and what they ask workers about models and choices without changing anything.

-- A person's batch that puts in front what waits already; one without it asks for another answer.
ALTER TABLE acquisition_batch ADD COLUMN pinned_by uuid REFERENCES account;

-- Pairs that no model may choose. They wait for their turn in the random order, and are handed out like any other.
CREATE TABLE pair_vetoed (
    pair_id     uuid PRIMARY KEY REFERENCES pair,
    campaign_id uuid NOT NULL REFERENCES campaign,
    vetoed_by   uuid NOT NULL REFERENCES account,
    vetoed_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX pair_vetoed_campaign ON pair_vetoed (campaign_id, vetoed_at DESC);

-- A person withdraws an opinion, too, and then there is no batch whose choice did.
ALTER TABLE slot_withdrawal
    ALTER COLUMN acquisition_batch_id DROP NOT NULL,
    DROP CONSTRAINT slot_withdrawal_reason_check,
    ADD CONSTRAINT slot_withdrawal_reason_check CHECK (reason IN ('CONTESTED', 'OUTBID', 'VETOED', 'UNPINNED')),
    ADD CONSTRAINT slot_withdrawal_by_person
        CHECK ((reason IN ('VETOED', 'UNPINNED')) = (acquisition_batch_id IS NULL));

-- Questions that a worker answers from what is stored.
CREATE TABLE model_inquiry (
    id          uuid PRIMARY KEY DEFAULT uuidv7(),
    campaign_id uuid NOT NULL REFERENCES campaign,
    kind        text NOT NULL CHECK (kind IN ('COMPARISON', 'PREVIEW')),
    question    jsonb NOT NULL,
    state       text NOT NULL DEFAULT 'QUEUED' CHECK (state IN ('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
    -- how often a worker has taken it up and not given it back: a question that kills workers ends
    begun       smallint NOT NULL DEFAULT 0 CHECK (begun >= 0),
    answer      jsonb,
    -- why there is no answer
    message     text,
    asked_by    uuid NOT NULL REFERENCES account,
    asked_at    timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    CHECK ((state = 'DONE') = (answer IS NOT NULL)),
    CHECK ((state IN ('QUEUED', 'RUNNING')) = (finished_at IS NULL))
);
-- one at a time of a kind for one person
CREATE UNIQUE INDEX model_inquiry_live ON model_inquiry (campaign_id, kind, asked_by) WHERE state IN ('QUEUED', 'RUNNING');
CREATE INDEX model_inquiry_kept ON model_inquiry (campaign_id, kind, asked_at DESC);
