-- Frozen datasets, training runs, model versions, features, scores and the batches that a model chose.

CREATE TABLE dataset_snapshot (
    id          uuid PRIMARY KEY DEFAULT uuidv7(),
    campaign_id uuid NOT NULL REFERENCES campaign,
    digest      text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
    filter      jsonb NOT NULL,
    labels      integer NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE dataset_snapshot_label (
    snapshot_id uuid NOT NULL REFERENCES dataset_snapshot,
    label_id    uuid NOT NULL REFERENCES label,
    PRIMARY KEY (snapshot_id, label_id)
);
CREATE TRIGGER dataset_snapshot_is_immutable BEFORE UPDATE OR DELETE ON dataset_snapshot
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dataset_snapshot_label_is_immutable BEFORE UPDATE OR DELETE ON dataset_snapshot_label
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE training_run (
    id               uuid PRIMARY KEY DEFAULT uuidv7(),
    campaign_id      uuid NOT NULL REFERENCES campaign,
    state            text NOT NULL CHECK (state IN ('QUEUED', 'ENCODING', 'TRAINING', 'SCORING', 'FINISHED', 'FAILED', 'CANCELLED')),
    trigger          text NOT NULL CHECK (trigger IN ('LABELS', 'TIME', 'MANUAL')),
    requested_by     uuid REFERENCES account,
    snapshot_id      uuid REFERENCES dataset_snapshot,
    attempt          integer NOT NULL DEFAULT 0,
    epoch            integer NOT NULL DEFAULT 0,
    epochs           integer NOT NULL DEFAULT 0,
    loss             double precision,
    validation_loss  double precision,
    message          text,
    cancel_requested boolean NOT NULL DEFAULT false,
    created_at       timestamptz NOT NULL DEFAULT now(),
    started_at       timestamptz,
    heartbeat_at     timestamptz,
    finished_at      timestamptz
);
-- one run of a campaign at a time
CREATE UNIQUE INDEX training_run_live ON training_run (campaign_id)
    WHERE state IN ('QUEUED', 'ENCODING', 'TRAINING', 'SCORING');
CREATE INDEX training_run_campaign ON training_run (campaign_id, created_at);

CREATE TABLE training_epoch (
    run_id          uuid NOT NULL REFERENCES training_run,
    epoch           integer NOT NULL,
    loss            double precision NOT NULL,
    validation_loss double precision,
    at              timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (run_id, epoch)
);

CREATE TABLE model_version (
    id              uuid PRIMARY KEY DEFAULT uuidv7(),
    campaign_id     uuid NOT NULL REFERENCES campaign,
    number          integer NOT NULL,
    run_id          uuid NOT NULL REFERENCES training_run,
    snapshot_id     uuid NOT NULL REFERENCES dataset_snapshot,
    state           text NOT NULL CHECK (state IN ('CANDIDATE', 'ACTIVE', 'RETIRED')),
    parameters_digest text NOT NULL,
    encoder_id      text NOT NULL,
    card            jsonb NOT NULL,
    labels          integer NOT NULL,
    -- held-out accuracy on the uniform stratum: each pair is judged by parameters that never saw its source image
    accuracy        double precision,
    accuracy_low    double precision,
    accuracy_high   double precision,
    evaluated_pairs integer NOT NULL DEFAULT 0,
    majority_rate   double precision,
    comparison      jsonb NOT NULL DEFAULT '{}',
    created_at      timestamptz NOT NULL DEFAULT now(),
    promoted_at     timestamptz,
    UNIQUE (campaign_id, number)
);
CREATE UNIQUE INDEX model_version_active ON model_version (campaign_id) WHERE state = 'ACTIVE';

CREATE TABLE candidate_feature (
    candidate_id uuid NOT NULL REFERENCES candidate,
    encoder_id   text NOT NULL,
    features     bytea NOT NULL,
    PRIMARY KEY (candidate_id, encoder_id)
);

CREATE TABLE candidate_score (
    model_version_id uuid NOT NULL REFERENCES model_version,
    candidate_id     uuid NOT NULL REFERENCES candidate,
    mu               real[] NOT NULL,
    sigma            real[] NOT NULL,
    epistemic        real[] NOT NULL,
    overall_mu       real NOT NULL,
    overall_sigma    real NOT NULL,
    PRIMARY KEY (model_version_id, candidate_id)
);

CREATE TABLE acquisition_batch (
    id               uuid PRIMARY KEY DEFAULT uuidv7(),
    campaign_id      uuid NOT NULL REFERENCES campaign,
    model_version_id uuid REFERENCES model_version,
    policy           text NOT NULL,
    seed             bigint NOT NULL,
    pool             integer NOT NULL,
    size             integer NOT NULL,
    created_at       timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE pair ADD FOREIGN KEY (acquisition_batch_id) REFERENCES acquisition_batch;
ALTER TABLE label ADD FOREIGN KEY (acquisition_batch_id) REFERENCES acquisition_batch;

-- db-scheduler's table: persistent, clustered jobs
CREATE TABLE scheduled_tasks (
    task_name            text NOT NULL,
    task_instance        text NOT NULL,
    task_data            bytea,
    execution_time       timestamptz NOT NULL,
    picked               boolean NOT NULL,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint NOT NULL,
    priority             smallint,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_execution ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_heartbeat ON scheduled_tasks (last_heartbeat);
