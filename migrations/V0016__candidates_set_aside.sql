-- Candidates that an encoder could not encode. They stop no run: their pairs are labelled, in random order, and left out of
-- training until an encoder takes them.
CREATE TABLE candidate_set_aside (
    candidate_id uuid NOT NULL REFERENCES candidate,
    encoder_id   text NOT NULL,
    -- UNREADABLE: a picture cannot be read, which may be mended any time; REFUSED: the encoder made nothing usable of it
    cause        text NOT NULL CHECK (cause IN ('UNREADABLE', 'REFUSED')),
    reason       text NOT NULL,
    tries        integer NOT NULL DEFAULT 1 CHECK (tries >= 1),
    since        timestamptz NOT NULL DEFAULT now(),
    tried_at     timestamptz NOT NULL DEFAULT now(),
    -- not tried again before
    retry_at     timestamptz NOT NULL,
    PRIMARY KEY (candidate_id, encoder_id)
);

-- Campaigns whose first order failed, and when it is tried again. A campaign that is ordered has no row.
CREATE TABLE cold_start_failure (
    campaign_id uuid PRIMARY KEY REFERENCES campaign,
    reason      text NOT NULL,
    tries       integer NOT NULL CHECK (tries >= 1),
    tried_at    timestamptz NOT NULL,
    retry_at    timestamptz NOT NULL
);

-- Candidates are encoded source by source: the next ones are found without sorting what is left.
CREATE INDEX item_source ON item (campaign_id, source_sha256, id);
