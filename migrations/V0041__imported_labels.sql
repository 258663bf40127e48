-- Labels that were given in another tool, before a campaign or beside it. They have tables of their own, so that nothing that
-- counts the work of a campaign, pays for it, measures agreement on it or learns from it ever reads one by accident.

-- Who gave them. They are no accounts: nobody can sign in as one, and no page lists them among people.
CREATE TABLE imported_annotator (
    id          uuid PRIMARY KEY DEFAULT uuidv7(),
    campaign_id uuid NOT NULL REFERENCES campaign,
    -- where they worked, as the command line calls it
    tool        text NOT NULL CHECK (tool ~ '^[a-z0-9-]{1,40}$'),
    -- as the tool calls them
    name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    UNIQUE (campaign_id, tool, name)
);

-- Every one holds a digest of itself and of the one before it in its campaign: whoever imports waits for whoever else does.
CREATE TABLE imported_label (
    campaign_id         uuid NOT NULL REFERENCES campaign,
    position            bigint NOT NULL CHECK (position >= 1),
    -- made of who answered what: importing the same file again adds nothing
    id                  uuid NOT NULL UNIQUE,
    pair_id             uuid NOT NULL REFERENCES pair,
    annotator_id        uuid NOT NULL REFERENCES imported_annotator,
    protocol_sha256     text NOT NULL REFERENCES protocol,
    -- as in table label
    answers             jsonb NOT NULL,
    verdicts            jsonb NOT NULL,
    swapped             boolean NOT NULL,
    active_milliseconds bigint NOT NULL CHECK (active_milliseconds BETWEEN 0 AND 86400000),
    -- as the tool says; where it says nothing, when it was imported
    submitted_at        timestamptz NOT NULL,
    -- tool, file, row and annotator that it came from, and every field that has no place of its own
    origin              jsonb NOT NULL,
    imported_by         uuid NOT NULL REFERENCES account,
    imported_at         timestamptz NOT NULL DEFAULT now(),
    -- SHA-256 of the hash before it (the first: of 'imported ' and the campaign's id) and of the label's content
    hash                bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (campaign_id, position)
);
CREATE INDEX imported_label_pair ON imported_label (pair_id);

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['imported_annotator', 'imported_label'] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
            guarded || '_is_append_only', guarded);
        EXECUTE format('CREATE TRIGGER history_is_not_emptied BEFORE TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    END LOOP;
END
$$;

-- For exports that ask for them: imported labels in the form of the others, and who gave either.
CREATE VIEW imported_as_label AS
    SELECT id, position AS sequence, campaign_id, pair_id, annotator_id, NULL::uuid AS assignment_id, NULL::smallint AS slot,
        'ANSWER'::text AS kind, protocol_sha256, answers, verdicts, NULL::text AS skip_reason, NULL::text AS comment,
        false AS flagged, swapped, 'IMPORTED'::text AS stratum, 0::double precision AS selection_probability,
        NULL::uuid AS acquisition_batch_id, 0::bigint AS fencing_token, active_milliseconds,
        NULL::bigint AS first_answer_milliseconds, '{}'::jsonb AS attention, NULL::uuid AS supersedes, submitted_at,
        origin AS imported
    FROM imported_label;
CREATE VIEW label_with_imported AS
    SELECT id, sequence, campaign_id, pair_id, annotator_id, assignment_id, slot, kind, protocol_sha256, answers, verdicts,
        skip_reason, comment, flagged, swapped, stratum, selection_probability, acquisition_batch_id, fencing_token,
        active_milliseconds, first_answer_milliseconds, attention, supersedes, submitted_at, NULL::jsonb AS imported
    FROM label
    UNION ALL SELECT * FROM imported_as_label;
CREATE VIEW current_label_with_imported AS
    SELECT id, sequence, campaign_id, pair_id, annotator_id, assignment_id, slot, kind, protocol_sha256, answers, verdicts,
        skip_reason, comment, flagged, swapped, stratum, selection_probability, acquisition_batch_id, fencing_token,
        active_milliseconds, first_answer_milliseconds, attention, supersedes, submitted_at, NULL::jsonb AS imported
    FROM current_label
    UNION ALL SELECT * FROM imported_as_label;
CREATE VIEW account_with_imported AS
    SELECT id, name, simulated FROM account
    -- no account has a slash in its name
    UNION ALL SELECT id, tool || '/' || name, false FROM imported_annotator;
