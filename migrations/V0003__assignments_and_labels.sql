-- "Exactly N labels a pair" by construction: a pair owns N slots, a slot holds at most one live lease and at most one
-- label, and an annotator has at most one assignment to a pair.

CREATE SEQUENCE fencing_token;

CREATE TABLE assignment (
    id             uuid PRIMARY KEY DEFAULT uuidv7(),
    campaign_id    uuid NOT NULL REFERENCES campaign,
    pair_id        uuid NOT NULL REFERENCES pair,
    annotator_id   uuid NOT NULL REFERENCES account,
    slot           smallint NOT NULL,
    state          text NOT NULL CHECK (state IN ('LEASED', 'LABELLED', 'SKIPPED', 'LOST', 'EXTRA')),
    fencing_token  bigint NOT NULL,
    expires_at     timestamptz NOT NULL,
    -- true: the pair's second candidate is shown at the left
    swapped        boolean NOT NULL,
    leased_at      timestamptz NOT NULL DEFAULT now(),
    UNIQUE (pair_id, annotator_id)
);
CREATE INDEX assignment_held ON assignment (annotator_id, campaign_id) WHERE state = 'LEASED';

CREATE TABLE slot (
    pair_id       uuid NOT NULL REFERENCES pair,
    ordinal       smallint NOT NULL,
    campaign_id   uuid NOT NULL REFERENCES campaign,
    stratum       text NOT NULL,
    state         text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'LEASED', 'FILLED')),
    -- written by acquisition, read by assignment: this is how the loop closes
    priority      double precision NOT NULL DEFAULT 0,
    random_key    double precision NOT NULL DEFAULT random(),
    assignment_id uuid REFERENCES assignment,
    expires_at    timestamptz,
    label_id      uuid,
    PRIMARY KEY (pair_id, ordinal),
    CHECK ((state = 'OPEN') = (assignment_id IS NULL)),
    CHECK ((state = 'LEASED') = (expires_at IS NOT NULL)),
    CHECK ((state = 'FILLED') = (label_id IS NOT NULL))
);
CREATE INDEX slot_queue ON slot (campaign_id, (stratum = 'UNIFORM'), priority DESC, random_key) WHERE state = 'OPEN';
CREATE INDEX slot_lease ON slot (expires_at) WHERE state = 'LEASED';
CREATE INDEX slot_campaign ON slot (campaign_id, state);

CREATE TABLE label (
    -- made by the annotator's browser: submitting twice is submitting once
    id                    uuid PRIMARY KEY,
    sequence              bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    campaign_id           uuid NOT NULL REFERENCES campaign,
    pair_id               uuid NOT NULL REFERENCES pair,
    annotator_id          uuid NOT NULL REFERENCES account,
    assignment_id         uuid NOT NULL REFERENCES assignment,
    -- null: an extra label that fills no slot (a late answer)
    slot                  smallint,
    kind                  text NOT NULL CHECK (kind IN ('ANSWER', 'SKIP')),
    protocol_sha256       text NOT NULL REFERENCES protocol,
    -- per dimension, in stored order: {"first": 4, "second": 2} or "FIRST_MUCH"
    answers               jsonb,
    -- derived by the protocol's rule when the label was accepted: {"overall": "FIRST", "<dimension>": "TIE"}
    verdicts              jsonb,
    skip_reason           text,
    comment               text,
    flagged               boolean NOT NULL DEFAULT false,
    swapped               boolean NOT NULL,
    stratum               text NOT NULL,
    selection_probability double precision NOT NULL,
    acquisition_batch_id  uuid,
    fencing_token         bigint NOT NULL,
    active_milliseconds   bigint NOT NULL CHECK (active_milliseconds >= 0),
    first_answer_milliseconds bigint,
    attention             jsonb NOT NULL DEFAULT '{}',
    supersedes            uuid UNIQUE REFERENCES label,
    submitted_at          timestamptz NOT NULL DEFAULT now(),
    CHECK ((kind = 'ANSWER') = (answers IS NOT NULL)),
    CHECK ((kind = 'ANSWER') = (verdicts IS NOT NULL)),
    CHECK ((kind = 'SKIP') = (skip_reason IS NOT NULL))
);
CREATE INDEX label_campaign ON label (campaign_id, sequence);
CREATE INDEX label_pair ON label (pair_id);
CREATE INDEX label_annotator ON label (annotator_id, campaign_id, sequence);
CREATE TRIGGER label_is_append_only BEFORE UPDATE OR DELETE ON label
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

ALTER TABLE slot ADD FOREIGN KEY (label_id) REFERENCES label;

-- The labels that count: answers that nobody superseded.
CREATE VIEW current_label AS
    SELECT l.* FROM label l
    WHERE l.kind = 'ANSWER' AND NOT EXISTS (SELECT 1 FROM label newer WHERE newer.supersedes = l.id);
