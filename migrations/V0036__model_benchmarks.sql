-- How a model version did on a public benchmark, as the one who measured it sent it: a measurement is added and never changed.
CREATE TABLE model_benchmark (
    id               uuid PRIMARY KEY DEFAULT uuidv7(),
    model_version_id uuid NOT NULL REFERENCES model_version,
    benchmark        text NOT NULL CHECK (benchmark ~ '^[a-z0-9-]{1,64}$'),
    -- names and digests of the benchmark's files
    files            jsonb NOT NULL,
    -- all figures, published and corrected, with their settings and what could not be scored
    result           jsonb NOT NULL,
    measured_by      uuid NOT NULL REFERENCES account,
    measured_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX model_benchmark_version ON model_benchmark (model_version_id, measured_at DESC);
CREATE TRIGGER model_benchmark_is_append_only BEFORE UPDATE OR DELETE ON model_benchmark
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER history_is_not_emptied BEFORE TRUNCATE ON model_benchmark
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
