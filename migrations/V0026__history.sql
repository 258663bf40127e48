-- A chain over the labels of each campaign: every entry holds a digest of its label and of the entry before it, so that a label
-- that was changed, taken away or put between others does not fit any more. A job appends what has been committed, so nobody
-- who submits a label waits for another.
CREATE TABLE label_chain (
    campaign_id uuid NOT NULL REFERENCES campaign,
    position    bigint NOT NULL CHECK (position >= 1),
    label_id    uuid NOT NULL UNIQUE REFERENCES label,
    -- SHA-256 of the hash before it (the first: of the campaign's id) and of the label's content
    hash        bytea NOT NULL CHECK (length(hash) = 32),
    chained_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (campaign_id, position)
);
CREATE TRIGGER label_chain_is_append_only BEFORE UPDATE OR DELETE ON label_chain
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Up to which label everything is in the chain: whoever could still commit a label before it has ended.
CREATE TABLE label_chain_mark (
    is_the_one boolean PRIMARY KEY DEFAULT true CHECK (is_the_one),
    sequence   bigint NOT NULL DEFAULT 0
);
INSERT INTO label_chain_mark DEFAULT VALUES;

-- History is not emptied as a whole, either.
DO $$
DECLARE
    guarded regclass;
BEGIN
    FOR guarded IN SELECT DISTINCT tgrelid::regclass FROM pg_trigger
        WHERE tgfoid = 'refuse_change'::regproc AND NOT tgisinternal LOOP
        EXECUTE format('CREATE TRIGGER history_is_not_emptied BEFORE TRUNCATE ON %s
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    END LOOP;
END
$$;
