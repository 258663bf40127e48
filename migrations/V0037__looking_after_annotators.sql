-- What is done about an annotator's work in a campaign: warned, paused, set aside, sent to the test again; and what they say to it.

-- The views come first, while nothing else is locked: a long read of them may have to end before they can be replaced. Nobody
-- waits for that long; what did not get its locks starts again.
SET LOCAL lock_timeout = '30s';

-- Whose labels no dataset holds from a day on. The labels stay.
CREATE TABLE annotator_exclusion (
    id          uuid PRIMARY KEY DEFAULT uuidv7(),
    campaign_id uuid NOT NULL,
    account_id  uuid NOT NULL,
    -- begins at midnight, UTC
    from_day    date NOT NULL,
    reason      text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
    excluded_by uuid NOT NULL,
    excluded_at timestamptz NOT NULL DEFAULT now(),
    undone_by   uuid,
    undone_at   timestamptz,
    CHECK ((undone_at IS NULL) = (undone_by IS NULL))
);
CREATE UNIQUE INDEX annotator_exclusion_live ON annotator_exclusion (campaign_id, account_id) WHERE undone_at IS NULL;
CREATE INDEX annotator_exclusion_campaign ON annotator_exclusion (campaign_id);

-- the exclusions that hold, with the moment from which on
CREATE VIEW excluded_annotator AS
    SELECT campaign_id, account_id, from_day::timestamp AT TIME ZONE 'UTC' AS since, excluded_at
    FROM annotator_exclusion WHERE undone_at IS NULL;

-- as before, without the labels of whom a lead has excluded
CREATE OR REPLACE VIEW dataset_label AS
    SELECT l.* FROM current_label l
    WHERE NOT EXISTS (SELECT 1 FROM pair_taken_out t WHERE t.pair_id = l.pair_id)
      AND NOT EXISTS (SELECT 1 FROM excluded_annotator x WHERE x.campaign_id = l.campaign_id
                      AND x.account_id = l.annotator_id AND x.since <= l.submitted_at);

-- how many labels the last training learnt from, and when they were frozen
CREATE VIEW last_training_set AS
    SELECT DISTINCT ON (r.campaign_id) r.campaign_id, s.labels, greatest(s.created_at, r.created_at) AS frozen_at
    FROM training_run r JOIN dataset_snapshot s ON s.id = r.snapshot_id ORDER BY r.campaign_id, r.created_at DESC;

-- As before; and labels that the last training learnt from and that are excluded since are a change as new ones are, or an
-- exclusion would hold trainings up until as many new ones came.
CREATE OR REPLACE VIEW labels_since_training AS
    SELECT c.id AS campaign_id, greatest(0,
        (SELECT count(*) FROM dataset_label l WHERE l.campaign_id = c.id AND l.stratum IN ('UNIFORM', 'ACQUIRED'))
        - coalesce(t.labels, 0)
        + 2 * (SELECT count(*) FROM excluded_annotator x JOIN current_label l ON l.annotator_id = x.account_id
                   AND l.campaign_id = x.campaign_id AND l.submitted_at >= x.since
               WHERE x.campaign_id = c.id AND x.excluded_at > t.frozen_at AND l.submitted_at <= t.frozen_at
                 AND l.stratum IN ('UNIFORM', 'ACQUIRED')
                 AND NOT EXISTS (SELECT 1 FROM pair_taken_out o WHERE o.pair_id = l.pair_id))) AS labels
    FROM campaign c LEFT JOIN last_training_set t ON t.campaign_id = c.id;

ALTER TABLE annotator_exclusion
    ADD FOREIGN KEY (campaign_id) REFERENCES campaign,
    ADD FOREIGN KEY (account_id) REFERENCES account,
    ADD FOREIGN KEY (excluded_by) REFERENCES account,
    ADD FOREIGN KEY (undone_by) REFERENCES account;

-- A warning or a pause, with what it rests on. A pause lasts until somebody ends it; of one annotator there is one at a time.
CREATE TABLE annotator_notice (
    id          uuid PRIMARY KEY DEFAULT uuidv7(),
    campaign_id uuid NOT NULL REFERENCES campaign,
    account_id  uuid NOT NULL REFERENCES account,
    action      text NOT NULL CHECK (action IN ('WARN', 'PAUSE')),
    cause       text NOT NULL CHECK (cause IN ('LEAD', 'GOLD', 'FAST', 'SKIPS', 'DRIFT')),
    -- of a lead; the annotator reads it
    reason      text CHECK (length(reason) BETWEEN 1 AND 1000),
    -- what the rule says and what it found
    figures     jsonb NOT NULL DEFAULT '{}',
    -- the labels that it found it in
    labels      uuid[] NOT NULL DEFAULT '{}',
    -- the last label that was looked at: the same rule looks only at later ones
    up_to       bigint NOT NULL DEFAULT 0,
    -- null: a rule
    given_by    uuid REFERENCES account,
    given_at    timestamptz NOT NULL DEFAULT now(),
    ended_by    uuid REFERENCES account,
    ended_at    timestamptz,
    end_reason  text CHECK (length(end_reason) BETWEEN 1 AND 1000),
    CHECK ((cause = 'LEAD') = (given_by IS NOT NULL)),
    CHECK (cause <> 'LEAD' OR (action = 'PAUSE' AND reason IS NOT NULL)),
    CHECK ((ended_at IS NULL) = (ended_by IS NULL)),
    CHECK (action = 'PAUSE' OR ended_at IS NULL)
);
CREATE UNIQUE INDEX annotator_notice_pause ON annotator_notice (campaign_id, account_id)
    WHERE action = 'PAUSE' AND ended_at IS NULL;
CREATE INDEX annotator_notice_account ON annotator_notice (campaign_id, account_id, given_at);

-- What an annotator says to a pause, once, and what a lead answers.
CREATE TABLE appeal (
    notice_id   uuid PRIMARY KEY REFERENCES annotator_notice,
    campaign_id uuid NOT NULL REFERENCES campaign,
    account_id  uuid NOT NULL REFERENCES account,
    words       text NOT NULL CHECK (length(words) BETWEEN 1 AND 2000),
    made_at     timestamptz NOT NULL DEFAULT now(),
    lifted      boolean,
    answer      text CHECK (length(answer) BETWEEN 1 AND 2000),
    answered_by uuid REFERENCES account,
    answered_at timestamptz,
    CHECK ((lifted IS NULL) = (answer IS NULL)),
    CHECK ((lifted IS NULL) = (answered_by IS NULL)),
    CHECK ((lifted IS NULL) = (answered_at IS NULL))
);
CREATE INDEX appeal_waiting ON appeal (campaign_id, made_at) WHERE answered_at IS NULL;

-- The gold that an appeal disputes.
CREATE TABLE appeal_gold (
    notice_id uuid NOT NULL REFERENCES appeal,
    pair_id   uuid NOT NULL REFERENCES pair,
    PRIMARY KEY (pair_id, notice_id)
);
-- Gold that is handed out to nobody and counts for nobody until the appeal is answered.
CREATE VIEW suspended_gold AS
    SELECT g.pair_id FROM appeal_gold g JOIN appeal a ON a.notice_id = g.notice_id WHERE a.answered_at IS NULL;

-- From then on an annotator works only after they have passed the qualification set again.
CREATE TABLE retraining (
    id          uuid PRIMARY KEY DEFAULT uuidv7(),
    campaign_id uuid NOT NULL REFERENCES campaign,
    account_id  uuid NOT NULL REFERENCES account,
    reason      text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
    required_by uuid NOT NULL REFERENCES account,
    required_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX retraining_account ON retraining (campaign_id, account_id, required_at);
CREATE TRIGGER retraining_is_append_only BEFORE UPDATE OR DELETE ON retraining
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What rules a campaign has. A rule whose action is null is off; a campaign without a row has none.
CREATE TABLE annotator_rules (
    campaign_id  uuid PRIMARY KEY REFERENCES campaign,
    gold_below   double precision CHECK (gold_below > 0 AND gold_below <= 1),
    gold_last    integer CHECK (gold_last BETWEEN 5 AND 200),
    gold_action  text CHECK (gold_action IN ('WARN', 'PAUSE')),
    fast_seconds double precision CHECK (fast_seconds > 0 AND fast_seconds <= 600),
    fast_last    integer CHECK (fast_last BETWEEN 5 AND 200),
    fast_action  text CHECK (fast_action IN ('WARN', 'PAUSE')),
    skips        integer CHECK (skips BETWEEN 2 AND 200),
    skips_action text CHECK (skips_action IN ('WARN', 'PAUSE')),
    drift_action text CHECK (drift_action IN ('WARN', 'PAUSE')),
    CHECK (gold_action IS NULL OR (gold_below IS NOT NULL AND gold_last IS NOT NULL)),
    CHECK (fast_action IS NULL OR (fast_seconds IS NOT NULL AND fast_last IS NOT NULL)),
    CHECK (skips_action IS NULL OR skips IS NOT NULL)
);
-- Up to which label the rules have looked at somebody's work: nothing is read where nothing came.
CREATE TABLE annotator_rule_mark (
    campaign_id uuid NOT NULL REFERENCES campaign,
    account_id  uuid NOT NULL REFERENCES account,
    sequence    bigint NOT NULL,
    PRIMARY KEY (campaign_id, account_id)
);

-- leads are told of an appeal that waits
DO $$
DECLARE
    rule record;
BEGIN
    FOR rule IN SELECT conname FROM pg_constraint
        WHERE contype = 'c' AND conrelid = 'alert'::regclass AND pg_get_constraintdef(oid) LIKE '%''GOLD_LOW''%' LOOP
        EXECUTE format('ALTER TABLE alert DROP CONSTRAINT %I', rule.conname);
    END LOOP;
END
$$;
ALTER TABLE alert ADD CONSTRAINT alert_kind_check CHECK (kind IN ('AGREEMENT_LOW', 'QUEUE_DRY', 'TRAINING_FAILED',
    'MESSAGES_WAITING', 'GOLD_LOW', 'APPEAL_WAITING', 'DISK_FULL'));
