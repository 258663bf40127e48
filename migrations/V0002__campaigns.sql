-- A campaign: its settings, members, items, candidates and the pairs that are to be labelled.

CREATE TABLE campaign (
    id                uuid PRIMARY KEY DEFAULT uuidv7(),
    name              text NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 120),
    protocol_sha256   text NOT NULL REFERENCES protocol,
    state             text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'PAUSED', 'CLOSED')),
    -- measure with overlap, learn with breadth
    uniform_share     double precision NOT NULL DEFAULT 0.1 CHECK (uniform_share > 0 AND uniform_share <= 1),
    uniform_labels    smallint NOT NULL DEFAULT 3 CHECK (uniform_labels BETWEEN 1 AND 20),
    acquired_labels   smallint NOT NULL DEFAULT 1 CHECK (acquired_labels BETWEEN 1 AND 20),
    lease_seconds     integer NOT NULL DEFAULT 1200 CHECK (lease_seconds BETWEEN 1 AND 86400),
    prefetch          smallint NOT NULL DEFAULT 5 CHECK (prefetch BETWEEN 1 AND 20),
    -- what becomes of an answer whose lease was lost and whose pair needs no more labels
    late_labels       text NOT NULL DEFAULT 'EXTRA' CHECK (late_labels IN ('EXTRA', 'REFUSE')),
    retrain_every     integer NOT NULL DEFAULT 100 CHECK (retrain_every >= 1),
    acquisition_batch integer NOT NULL DEFAULT 100 CHECK (acquisition_batch >= 1),
    acquisition_policy text NOT NULL DEFAULT 'default',
    seed              bigint NOT NULL DEFAULT 0,
    created_by        uuid REFERENCES account,
    created_at        timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE campaign_member (
    campaign_id uuid NOT NULL REFERENCES campaign,
    account_id  uuid NOT NULL REFERENCES account,
    role        text NOT NULL CHECK (role IN ('LEAD', 'ANNOTATOR')),
    joined_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (campaign_id, account_id)
);
CREATE INDEX campaign_member_account ON campaign_member (account_id);

-- An image is its bytes: the key is the SHA-256 of the stored (sanitised) original.
CREATE TABLE image (
    sha256     text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    media_type text NOT NULL,
    width      integer NOT NULL,
    height     integer NOT NULL,
    bytes      bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- The same file given twice is stored once, whatever was stripped from it on the way in.
CREATE TABLE image_upload (
    upload_sha256 text PRIMARY KEY CHECK (upload_sha256 ~ '^[0-9a-f]{64}$'),
    sha256        text NOT NULL REFERENCES image
);

-- Who may see an image follows from the campaigns it is in.
CREATE TABLE campaign_image (
    campaign_id uuid NOT NULL REFERENCES campaign,
    sha256      text NOT NULL REFERENCES image,
    PRIMARY KEY (sha256, campaign_id)
);

CREATE TABLE item (
    id            uuid PRIMARY KEY DEFAULT uuidv7(),
    campaign_id   uuid NOT NULL REFERENCES campaign,
    external_id   text NOT NULL,
    instruction   text NOT NULL,
    category      text,
    source_sha256 text NOT NULL REFERENCES image,
    metadata      jsonb NOT NULL DEFAULT '{}',
    -- digest of the manifest row and its pictures: an item that is imported again must be the same
    content_sha256 text CHECK (content_sha256 ~ '^[0-9a-f]{64}$'),
    created_at    timestamptz NOT NULL DEFAULT now(),
    UNIQUE (campaign_id, external_id)
);

CREATE TABLE candidate (
    id           uuid PRIMARY KEY DEFAULT uuidv7(),
    campaign_id  uuid NOT NULL REFERENCES campaign,
    item_id      uuid NOT NULL REFERENCES item,
    ordinal      integer NOT NULL,
    model        text NOT NULL,
    path         text NOT NULL,
    image_sha256 text NOT NULL REFERENCES image,
    seed         bigint,
    metadata     jsonb NOT NULL DEFAULT '{}',
    UNIQUE (item_id, ordinal)
);
CREATE INDEX candidate_campaign ON candidate (campaign_id);

-- Two candidates of one item, in stored order; sides on the screen are drawn anew for each assignment.
CREATE TABLE pair (
    id                    uuid PRIMARY KEY DEFAULT uuidv7(),
    campaign_id           uuid NOT NULL REFERENCES campaign,
    item_id               uuid NOT NULL REFERENCES item,
    first_candidate_id    uuid NOT NULL REFERENCES candidate,
    second_candidate_id   uuid NOT NULL REFERENCES candidate,
    stratum               text NOT NULL CHECK (stratum IN ('UNIFORM', 'ACQUIRED', 'GOLD', 'TRAINING')),
    -- probability with which the pair came to the front of the queue (1 while the order is random)
    selection_probability double precision NOT NULL DEFAULT 1,
    acquisition_batch_id  uuid,
    score_parts           jsonb NOT NULL DEFAULT '{}',
    created_at            timestamptz NOT NULL DEFAULT now(),
    UNIQUE (first_candidate_id, second_candidate_id),
    CHECK (first_candidate_id <> second_candidate_id)
);
CREATE INDEX pair_campaign ON pair (campaign_id, stratum);
CREATE INDEX pair_item ON pair (item_id);
