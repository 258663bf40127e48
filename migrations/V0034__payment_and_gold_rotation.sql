-- What a campaign pays and counts. Without a row nothing was chosen yet.
CREATE TABLE campaign_payment (
    campaign_id   uuid PRIMARY KEY REFERENCES campaign,
    -- ISO 4217
    currency      text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    per_judgement numeric(12, 4) NOT NULL CHECK (per_judgement >= 0),
    per_hour      numeric(12, 4) NOT NULL CHECK (per_hour >= 0),
    -- digits after the point, and what becomes of the others
    decimals      smallint NOT NULL CHECK (decimals BETWEEN 0 AND 4),
    rounding      text NOT NULL CHECK (rounding IN ('HALF_UP', 'HALF_EVEN', 'UP', 'DOWN')),
    -- whether labels beyond those wanted, gold and test questions count as judgements, with their time
    counts_extra    boolean NOT NULL,
    counts_gold     boolean NOT NULL,
    counts_training boolean NOT NULL,
    -- where the days of a period begin; null: where the reader lives
    time_zone     text CHECK (length(time_zone) BETWEEN 1 AND 64)
);

-- Labels come in the order of time: a block range index finds a period and costs an insert next to nothing.
CREATE INDEX label_submitted ON label USING brin (submitted_at) WITH (pages_per_range = 32);

-- True: this gold is not handed out any more. The answers that were given to it go on counting, other than where it is withdrawn.
ALTER TABLE known_answer ADD COLUMN retired boolean NOT NULL DEFAULT false;
CREATE OR REPLACE VIEW current_known_answer AS
    SELECT k.* FROM known_answer k
    WHERE NOT k.withdrawn
      AND NOT EXISTS (SELECT 1 FROM known_answer newer WHERE newer.pair_id = k.pair_id AND newer.version > k.version);
