-- Who is signed in in which browser. It outlives a restart of the server, and every web node knows it.

-- Only the SHA-256 of the cookie is kept: a copy of the database signs nobody in.
CREATE TABLE sign_in (
    token_sha256 bytea PRIMARY KEY CHECK (length(token_sha256) = 32),
    account_id   uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    created_at   timestamptz NOT NULL DEFAULT now(),
    -- to some minutes: it is not written at each request
    seen_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX sign_in_account ON sign_in (account_id);
CREATE INDEX sign_in_seen ON sign_in (seen_at);

-- Browsers send cookies to all ports of a host, so the cookies of two installations must differ in name.
CREATE TABLE installation (
    id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    is_the_one boolean NOT NULL DEFAULT true UNIQUE CHECK (is_the_one)
);
INSERT INTO installation DEFAULT VALUES;
