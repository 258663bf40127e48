-- An archived campaign is in no list any more; it and its labels stay, and it can come back.
ALTER TABLE campaign ADD COLUMN archived_at timestamptz;

-- When a lead wants to be called. A campaign without a row has the defaults; a bound that is null calls nobody.
CREATE TABLE alert_bounds (
    campaign_id   uuid PRIMARY KEY REFERENCES campaign,
    -- the upper end of alpha's interval is under it
    agreement     double precision CHECK (agreement BETWEEN -1 AND 1),
    -- open slots last for less, at the campaign's own pace
    queue_hours   integer CHECK (queue_hours BETWEEN 1 AND 2160),
    -- a message of an annotator has been open for longer
    message_hours integer CHECK (message_hours BETWEEN 1 AND 2160),
    -- the upper end of the interval of an annotator's gold accuracy is under it
    gold          double precision CHECK (gold BETWEEN 0 AND 1)
);

-- Something that waits for a lead, or, without a campaign, for an administrator. It ends when its cause does.
CREATE TABLE alert (
    id              uuid PRIMARY KEY DEFAULT uuidv7(),
    campaign_id     uuid REFERENCES campaign,
    kind            text NOT NULL CHECK (kind IN ('AGREEMENT_LOW', 'QUEUE_DRY', 'TRAINING_FAILED', 'MESSAGES_WAITING',
                                                  'GOLD_LOW', 'DISK_FULL')),
    -- what of the kind: a training run, an annotator; empty where the campaign has one of the kind at most
    subject         text NOT NULL DEFAULT '',
    state           text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'ACKNOWLEDGED', 'SOLVED')),
    figures         jsonb NOT NULL DEFAULT '{}',
    since           timestamptz NOT NULL DEFAULT now(),
    acknowledged_by uuid REFERENCES account,
    acknowledged_at timestamptz,
    solved_at       timestamptz,
    CHECK ((state = 'SOLVED') = (solved_at IS NOT NULL)),
    CHECK ((acknowledged_by IS NULL) = (acknowledged_at IS NULL)),
    CHECK (state <> 'ACKNOWLEDGED' OR acknowledged_by IS NOT NULL)
);
CREATE UNIQUE INDEX alert_live ON alert (campaign_id, kind, subject) NULLS NOT DISTINCT WHERE state <> 'SOLVED';
CREATE INDEX alert_campaign ON alert (campaign_id, since DESC);

-- What a campaign's labels say, read again by a job when there are new ones: lists of campaigns read this and no label.
CREATE TABLE campaign_health (
    campaign_id  uuid PRIMARY KEY REFERENCES campaign,
    -- what it was read of: while that is the same, nothing need be read again
    basis        text NOT NULL,
    figures      jsonb NOT NULL,
    milliseconds bigint NOT NULL,
    read_at      timestamptz NOT NULL
);

-- Answers to gold are few among many labels.
CREATE INDEX label_gold ON label (campaign_id, assignment_id, sequence) WHERE stratum = 'GOLD' AND kind = 'ANSWER';

-- Who wants alerts by mail. Without a row: nobody.
CREATE TABLE alert_subscription (
    account_id uuid PRIMARY KEY REFERENCES account,
    address    text NOT NULL CHECK (length(address) BETWEEN 3 AND 254),
    delivery   text NOT NULL CHECK (delivery IN ('AT_ONCE', 'DAILY'))
);

-- What is to be mailed, written with the alert; the table is the queue.
CREATE TABLE alert_mail (
    account_id uuid NOT NULL REFERENCES account,
    alert_id   uuid NOT NULL REFERENCES alert,
    created_at timestamptz NOT NULL DEFAULT now(),
    attempts   integer NOT NULL DEFAULT 0,
    next_at    timestamptz NOT NULL DEFAULT now(),
    -- sent, left out (solved by then, or no lead any more) or given up
    done_at    timestamptz,
    error      text,
    PRIMARY KEY (account_id, alert_id)
);
CREATE INDEX alert_mail_due ON alert_mail (next_at) WHERE done_at IS NULL;

-- Addresses that are called with a campaign's alerts.
CREATE TABLE webhook (
    id          uuid PRIMARY KEY DEFAULT uuidv7(),
    campaign_id uuid NOT NULL REFERENCES campaign,
    url         text NOT NULL CHECK (length(url) <= 2000),
    -- what it signs with; shown once, and never again
    secret      text NOT NULL,
    created_by  uuid NOT NULL REFERENCES account,
    created_at  timestamptz NOT NULL DEFAULT now(),
    removed_at  timestamptz
);
CREATE INDEX webhook_campaign ON webhook (campaign_id) WHERE removed_at IS NULL;

-- Each call: to be made, made, or given up.
CREATE TABLE webhook_delivery (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    webhook_id uuid NOT NULL REFERENCES webhook,
    -- null: a test
    alert_id   uuid REFERENCES alert,
    body       text NOT NULL,
    state      text NOT NULL DEFAULT 'WAITING' CHECK (state IN ('WAITING', 'DELIVERED', 'GIVEN_UP')),
    attempts   integer NOT NULL DEFAULT 0,
    next_at    timestamptz NOT NULL DEFAULT now(),
    -- of the latest attempt
    status     integer,
    error      text,
    created_at timestamptz NOT NULL DEFAULT now(),
    ended_at   timestamptz
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (next_at) WHERE state = 'WAITING';
CREATE INDEX webhook_delivery_log ON webhook_delivery (webhook_id, id);
