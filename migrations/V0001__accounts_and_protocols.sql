-- People, their tokens, what they did, and the published protocols that everything else refers to.

CREATE TABLE account (
    id            uuid PRIMARY KEY DEFAULT uuidv7(),
    name          text NOT NULL CHECK (name ~ '^[a-z0-9][a-z0-9._@-]{0,79}$'),
    display_name  text NOT NULL,
    password_hash text,
    role          text NOT NULL CHECK (role IN ('ADMIN', 'LEAD', 'ANNOTATOR')),
    language      text NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'zh')),
    preferences   jsonb NOT NULL DEFAULT '{}',
    simulated     boolean NOT NULL DEFAULT false,
    disabled      boolean NOT NULL DEFAULT false,
    created_at    timestamptz NOT NULL DEFAULT now(),
    UNIQUE (name)
);

-- Only the SHA-256 of a token is kept: a copy of the database opens nothing.
CREATE TABLE api_token (
    id           uuid PRIMARY KEY DEFAULT uuidv7(),
    account_id   uuid NOT NULL REFERENCES account,
    token_sha256 bytea NOT NULL UNIQUE,
    title        text NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    revoked_at   timestamptz
);
CREATE INDEX api_token_account ON api_token (account_id);

CREATE TABLE audit_event (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL DEFAULT now(),
    account_id uuid REFERENCES account,
    campaign_id uuid,
    action     text NOT NULL,
    detail     jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_event_campaign ON audit_event (campaign_id, at);

CREATE TABLE protocol (
    sha256       text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    id           text NOT NULL,
    version      integer NOT NULL,
    document     text NOT NULL,
    published_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (id, version)
);

-- A published document never changes and a label is never edited: the database itself refuses.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER protocol_is_immutable BEFORE UPDATE OR DELETE ON protocol
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
