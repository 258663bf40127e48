-- What a model learns from, what agreement is measured on and what leaves as a dataset: answers that nobody superseded, on
-- pairs that no lead has taken out. What people did stays what it is: `current_label` counts their work.
CREATE VIEW dataset_label AS
    SELECT l.* FROM current_label l
    WHERE NOT EXISTS (SELECT 1 FROM pair_taken_out t WHERE t.pair_id = l.pair_id);

-- as before, of the labels that a training would freeze now
CREATE OR REPLACE VIEW labels_since_training AS
    SELECT c.id AS campaign_id, greatest(0,
        (SELECT count(*) FROM dataset_label l WHERE l.campaign_id = c.id AND l.stratum IN ('UNIFORM', 'ACQUIRED'))
        - coalesce((SELECT s.labels FROM training_run r JOIN dataset_snapshot s ON s.id = r.snapshot_id
                    WHERE r.campaign_id = c.id ORDER BY r.created_at DESC LIMIT 1), 0)) AS labels
    FROM campaign c;

-- the history of a pair is read by what the entries speak of
CREATE INDEX audit_event_subject ON audit_event (campaign_id, subject) WHERE subject IS NOT NULL;
