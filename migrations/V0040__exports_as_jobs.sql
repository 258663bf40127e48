-- A dataset that is made by a worker and kept for a while. The row is the queue: a worker takes what waits, and what it had
-- taken when it died is begun again.
CREATE TABLE dataset_export (
    id               uuid PRIMARY KEY DEFAULT uuidv7(),
    -- what people call it
    number           bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    campaign_id      uuid NOT NULL REFERENCES campaign,
    -- format, filter and options in the words in which somebody asked for them
    wish             jsonb NOT NULL,
    state            text NOT NULL DEFAULT 'QUEUED'
                     CHECK (state IN ('QUEUED', 'RUNNING', 'FINISHED', 'FAILED', 'CANCELLED', 'EXPIRED')),
    requested_by     uuid NOT NULL REFERENCES account,
    created_at       timestamptz NOT NULL DEFAULT now(),
    started_at       timestamptz,
    finished_at      timestamptz,
    expires_at       timestamptz,
    -- which of the places of work has it, and by which attempt: whoever finds another attempt here has been replaced
    lane             integer,
    attempt          uuid,
    deaths           integer NOT NULL DEFAULT 0,
    cancel_requested boolean NOT NULL DEFAULT false,
    -- rows of the database, for the progress
    rows_read        bigint NOT NULL DEFAULT 0,
    rows_expected    bigint,
    -- the name of the object that holds the file, from the moment at which it may be there
    object           text,
    -- what came of it
    rows_written     bigint,
    left_out         bigint,
    bytes            bigint,
    sha256           text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    failure_code     text,
    failure          text,
    CHECK (state <> 'RUNNING' OR (lane IS NOT NULL AND attempt IS NOT NULL)),
    CHECK (state <> 'FINISHED' OR (object IS NOT NULL AND sha256 IS NOT NULL AND bytes IS NOT NULL
                                   AND rows_written IS NOT NULL AND expires_at IS NOT NULL))
);
CREATE INDEX dataset_export_campaign ON dataset_export (campaign_id, number DESC);
CREATE INDEX dataset_export_work ON dataset_export (state, number) WHERE state IN ('QUEUED', 'RUNNING');
CREATE INDEX dataset_export_expiry ON dataset_export (expires_at) WHERE state = 'FINISHED';
CREATE INDEX dataset_export_object ON dataset_export (object) WHERE object IS NOT NULL;
