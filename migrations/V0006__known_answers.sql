-- What an annotator goes through before the real queue, and the known answers that check them there and later.

-- Who has read and confirmed which version of the guideline.
CREATE TABLE guideline_confirmation (
    campaign_id     uuid NOT NULL REFERENCES campaign,
    account_id      uuid NOT NULL REFERENCES account,
    protocol_sha256 text NOT NULL REFERENCES protocol,
    confirmed_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (campaign_id, account_id, protocol_sha256)
);
CREATE TRIGGER guideline_confirmation_is_append_only BEFORE UPDATE OR DELETE ON guideline_confirmation
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The first answer to each of the protocol's worked examples, given before the known one was shown.
CREATE TABLE example_answer (
    campaign_id     uuid NOT NULL REFERENCES campaign,
    account_id      uuid NOT NULL REFERENCES account,
    protocol_sha256 text NOT NULL REFERENCES protocol,
    example         smallint NOT NULL CHECK (example >= 0),
    answers         jsonb NOT NULL,
    answered_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (campaign_id, account_id, protocol_sha256, example)
);
CREATE TRIGGER example_answer_is_append_only BEFORE UPDATE OR DELETE ON example_answer
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What is known of a pair, in stored order. A correction is a new version, so that what an annotator was measured
-- against can always be shown.
CREATE TABLE known_answer (
    id          uuid PRIMARY KEY DEFAULT uuidv7(),
    campaign_id uuid NOT NULL REFERENCES campaign,
    pair_id     uuid NOT NULL REFERENCES pair,
    version     integer NOT NULL DEFAULT 1 CHECK (version >= 1),
    use         text NOT NULL CHECK (use IN ('QUALIFICATION', 'GOLD')),
    -- as in label.answers: {"<dimension>": {"first": 4, "second": 2} or "first_much"}
    answers     jsonb NOT NULL,
    -- why, in the languages of the protocol: {"en": …, "zh": …}
    reason      jsonb NOT NULL DEFAULT '{}',
    origin      text NOT NULL CHECK (origin IN ('MANIFEST', 'LEAD', 'CONSENSUS')),
    -- true: from this version on nothing is known of the pair
    withdrawn   boolean NOT NULL DEFAULT false,
    created_by  uuid REFERENCES account,
    created_at  timestamptz NOT NULL DEFAULT now(),
    UNIQUE (pair_id, version)
);
CREATE INDEX known_answer_campaign ON known_answer (campaign_id, use);
CREATE TRIGGER known_answer_is_append_only BEFORE UPDATE OR DELETE ON known_answer
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE VIEW current_known_answer AS
    SELECT k.* FROM known_answer k
    WHERE NOT k.withdrawn
      AND NOT EXISTS (SELECT 1 FROM known_answer newer WHERE newer.pair_id = k.pair_id AND newer.version > k.version);

-- Gold: the share of claims that are checks, and whether the annotator learns the known answer afterwards.
ALTER TABLE campaign
    ADD COLUMN gold_rate     double precision NOT NULL DEFAULT 0.05 CHECK (gold_rate BETWEEN 0 AND 0.5),
    ADD COLUMN gold_feedback text NOT NULL DEFAULT 'NONE' CHECK (gold_feedback IN ('NONE', 'AFTER_SUBMIT'));

-- An assignment to a gold pair holds no slot: everybody may have it, and nobody waits for it.
ALTER TABLE assignment
    ALTER COLUMN slot DROP NOT NULL,
    ADD COLUMN known_answer_id uuid REFERENCES known_answer,
    ADD CHECK ((slot IS NULL) = (known_answer_id IS NOT NULL));

-- One run through the qualification set. The questions are drawn when it starts; an answer is given once.
CREATE TABLE qualification_attempt (
    id              uuid PRIMARY KEY DEFAULT uuidv7(),
    campaign_id     uuid NOT NULL REFERENCES campaign,
    account_id      uuid NOT NULL REFERENCES account,
    number          integer NOT NULL CHECK (number >= 1),
    protocol_sha256 text NOT NULL REFERENCES protocol,
    pass_mark       double precision NOT NULL,
    started_at      timestamptz NOT NULL DEFAULT now(),
    finished_at     timestamptz,
    -- mean over the answers, 0 to 1
    score           double precision,
    passed          boolean,
    UNIQUE (campaign_id, account_id, number),
    CHECK ((finished_at IS NULL) = (score IS NULL)),
    CHECK ((finished_at IS NULL) = (passed IS NULL))
);
-- one at a time
CREATE UNIQUE INDEX qualification_attempt_open ON qualification_attempt (campaign_id, account_id)
    WHERE finished_at IS NULL;

CREATE TABLE qualification_question (
    id                  uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    attempt_id          uuid NOT NULL REFERENCES qualification_attempt,
    ordinal             smallint NOT NULL,
    known_answer_id     uuid NOT NULL REFERENCES known_answer,
    swapped             boolean NOT NULL,
    answers             jsonb,
    -- 0 to 1, by the rule in the protocol's specification
    score               double precision,
    active_milliseconds bigint CHECK (active_milliseconds >= 0),
    answered_at         timestamptz,
    UNIQUE (attempt_id, ordinal),
    CHECK ((answers IS NULL) = (answered_at IS NULL)),
    CHECK ((answers IS NULL) = (score IS NULL))
);

-- What a lead gave beyond the protocol's number of tries, and why.
CREATE TABLE qualification_grant (
    id          uuid PRIMARY KEY DEFAULT uuidv7(),
    campaign_id uuid NOT NULL REFERENCES campaign,
    account_id  uuid NOT NULL REFERENCES account,
    granted_by  uuid NOT NULL REFERENCES account,
    reason      text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
    granted_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX qualification_grant_account ON qualification_grant (campaign_id, account_id);
CREATE TRIGGER qualification_grant_is_append_only BEFORE UPDATE OR DELETE ON qualification_grant
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
