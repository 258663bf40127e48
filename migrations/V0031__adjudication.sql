-- A person decides a pair on which annotators disagree, annotators learn why they were overruled, and may object once.

DO $$
DECLARE
    rule record;
BEGIN
    FOR rule IN SELECT conrelid::regclass AS held_by, conname FROM pg_constraint
        WHERE contype = 'c' AND (conrelid = 'campaign_member'::regclass AND pg_get_constraintdef(oid) LIKE '%''LEAD''%'
            OR conrelid = 'known_answer'::regclass AND pg_get_constraintdef(oid) LIKE '%''MANIFEST''%') LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', rule.held_by, rule.conname);
    END LOOP;
END
$$;
ALTER TABLE campaign_member
    ADD CONSTRAINT campaign_member_role_check CHECK (role IN ('LEAD', 'ANNOTATOR', 'ADJUDICATOR'));
ALTER TABLE known_answer
    ADD CONSTRAINT known_answer_origin_check CHECK (origin IN ('MANIFEST', 'LEAD', 'CONSENSUS', 'ADJUDICATION'));

-- A verdict is never changed: a later one supersedes it.
CREATE TABLE adjudication (
    id              uuid PRIMARY KEY DEFAULT uuidv7(),
    sequence        bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    campaign_id     uuid NOT NULL REFERENCES campaign,
    pair_id         uuid NOT NULL REFERENCES pair,
    -- the version that its adjudicator had read
    protocol_sha256 text NOT NULL REFERENCES protocol,
    -- as in label.answers and label.verdicts
    answers         jsonb NOT NULL,
    verdicts        jsonb NOT NULL,
    -- why; annotators read it
    reason          text CHECK (length(reason) BETWEEN 1 AND 2000),
    -- whether the adjudicator saw the second edit at the left
    swapped         boolean NOT NULL,
    adjudicator_id  uuid NOT NULL REFERENCES account,
    -- the known answer that was made of it
    known_answer_id uuid REFERENCES known_answer,
    supersedes      uuid UNIQUE REFERENCES adjudication,
    decided_at      timestamptz NOT NULL DEFAULT now()
);
-- of two first verdicts at once the second fails
CREATE UNIQUE INDEX adjudication_first ON adjudication (pair_id) WHERE supersedes IS NULL;
CREATE INDEX adjudication_pair ON adjudication (pair_id);
CREATE INDEX adjudication_campaign ON adjudication (campaign_id, sequence);

-- What an annotator says against a verdict, once for each pair.
CREATE TABLE objection (
    id              uuid PRIMARY KEY DEFAULT uuidv7(),
    adjudication_id uuid NOT NULL REFERENCES adjudication,
    label_id        uuid NOT NULL REFERENCES label,
    campaign_id     uuid NOT NULL REFERENCES campaign,
    pair_id         uuid NOT NULL REFERENCES pair,
    annotator_id    uuid NOT NULL REFERENCES account,
    words           text NOT NULL CHECK (length(words) BETWEEN 1 AND 2000),
    made_at         timestamptz NOT NULL DEFAULT now(),
    UNIQUE (pair_id, annotator_id)
);
CREATE INDEX objection_adjudication ON objection (adjudication_id);
CREATE INDEX objection_campaign ON objection (campaign_id, id);

CREATE TABLE objection_answer (
    objection_id uuid PRIMARY KEY REFERENCES objection,
    campaign_id  uuid NOT NULL REFERENCES campaign,
    accepted     boolean NOT NULL,
    reason       text CHECK (length(reason) BETWEEN 1 AND 2000),
    answered_by  uuid NOT NULL REFERENCES account,
    answered_at  timestamptz NOT NULL DEFAULT now(),
    CHECK (accepted OR reason IS NOT NULL)
);

DO $$
DECLARE
    guarded regclass;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['adjudication', 'objection', 'objection_answer']::regclass[] LOOP
        EXECUTE format('CREATE TRIGGER %s_is_append_only BEFORE UPDATE OR DELETE ON %s
            FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded, guarded);
        EXECUTE format('CREATE TRIGGER history_is_not_emptied BEFORE TRUNCATE ON %s
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    END LOOP;
END
$$;

-- The verdicts that hold: no later one is there, and no objection to them was accepted.
CREATE VIEW adjudicated AS
    SELECT a.* FROM adjudication a
    WHERE NOT EXISTS (SELECT 1 FROM adjudication newer WHERE newer.supersedes = a.id)
      AND NOT EXISTS (SELECT 1 FROM objection o JOIN objection_answer r ON r.objection_id = o.id
                      WHERE o.adjudication_id = a.id AND r.accepted);

-- Pairs with several answers under a version of the protocol, and what a verdict on each would be worth: computed from the
-- answers to that pair alone whenever one of them comes, so that the queue is an index and nobody's request counts anything.
CREATE TABLE adjudication_queue (
    pair_id         uuid NOT NULL REFERENCES pair,
    protocol_sha256 text NOT NULL REFERENCES protocol,
    campaign_id     uuid NOT NULL REFERENCES campaign,
    -- answers that count
    labels          integer NOT NULL,
    -- verdicts of the dataset that a decision is expected to put right
    value           double precision NOT NULL,
    -- whether a verdict stood until an objection to it was accepted
    again           boolean NOT NULL,
    -- nobody is asked any more, somebody disagrees, and nobody has decided
    waiting         boolean NOT NULL,
    PRIMARY KEY (pair_id, protocol_sha256)
);
CREATE INDEX adjudication_waiting ON adjudication_queue (campaign_id, protocol_sha256, again DESC, value DESC, pair_id)
    WHERE waiting;

CREATE FUNCTION refresh_adjudication(of_pair uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- one at a time: the second of two answers at once sees the first. It is the last lock of every transaction, and no row:
    -- whoever takes a pair out holds that before its slots, and whoever answers holds a slot by now. One of 1024: a
    -- transaction that changes more pairs must not fill the table of locks. Of those who take several, one at a time does.
    PERFORM pg_advisory_xact_lock(31, hashtext(of_pair::text) & 1023);
    -- of what was disputed nothing may be left
    UPDATE adjudication_queue SET waiting = false WHERE pair_id = of_pair AND waiting;
    INSERT INTO adjudication_queue (pair_id, protocol_sha256, campaign_id, labels, value, again, waiting)
    SELECT p.id, s.protocol_sha256, p.campaign_id, s.labels,
        s.doubt * CASE p.stratum WHEN 'UNIFORM' THEN 2 ELSE 1 END, o.again,
        (s.disputed OR o.again) AND NOT o.decided
            AND NOT EXISTS (SELECT 1 FROM slot WHERE slot.pair_id = p.id AND slot.state IN ('OPEN', 'LEASED'))
            AND NOT EXISTS (SELECT 1 FROM pair_taken_out t WHERE t.pair_id = p.id)
    FROM pair p
    JOIN (SELECT d.protocol_sha256, max(d.labels) AS labels, sum(d.doubt) AS doubt, bool_or(d.verdicts > 1) AS disputed
          FROM (SELECT v.protocol_sha256, v.dimension, sum(v.votes) AS labels, count(*) AS verdicts,
                       -- odds against those of the first verdict: however many votes there are, they are no large numbers
                       1 - 1 / (sum(9.0::float8 ^ greatest(v.votes - v.most, -100))
                           + (4 - count(*)) * 9.0::float8 ^ greatest(-max(v.most), -100)) AS doubt
                FROM (SELECT l.protocol_sha256, said.key AS dimension, said.value AS verdict, count(*)::float8 AS votes,
                             max(count(*)) OVER (PARTITION BY l.protocol_sha256, said.key)::float8 AS most
                      FROM current_label l CROSS JOIN LATERAL jsonb_each_text(l.verdicts) said
                      WHERE l.pair_id = of_pair AND l.stratum IN ('UNIFORM', 'ACQUIRED') AND said.key <> 'overall'
                      GROUP BY 1, 2, 3) v
                GROUP BY 1, 2) d
          GROUP BY 1) s ON true
    CROSS JOIN LATERAL (
        SELECT EXISTS (SELECT 1 FROM adjudicated a WHERE a.pair_id = p.id AND a.protocol_sha256 = s.protocol_sha256) AS decided,
               EXISTS (SELECT 1 FROM adjudication a JOIN objection b ON b.adjudication_id = a.id
                       JOIN objection_answer r ON r.objection_id = b.id AND r.accepted
                       WHERE a.pair_id = p.id AND a.protocol_sha256 = s.protocol_sha256 AND NOT EXISTS (
                           SELECT 1 FROM adjudication newer WHERE newer.supersedes = a.id)) AS again) o
    WHERE p.id = of_pair AND (s.labels > 1 OR o.again OR o.decided)
    ON CONFLICT (pair_id, protocol_sha256) DO UPDATE SET labels = EXCLUDED.labels, value = EXCLUDED.value,
        again = EXCLUDED.again, waiting = EXCLUDED.waiting;
END
$$;

CREATE FUNCTION refresh_adjudication_of_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed record;
BEGIN
    IF TG_OP = 'DELETE' THEN changed := OLD; ELSE changed := NEW; END IF;
    -- all of a transaction's changes are there when the first of its triggers fires: those of the same pair weigh it once
    IF current_setting('diptych.weighed', true) IS DISTINCT FROM changed.pair_id::text THEN
        PERFORM refresh_adjudication(changed.pair_id);
        PERFORM set_config('diptych.weighed', changed.pair_id::text, true);
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION refresh_adjudication_of_objection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM refresh_adjudication(pair_id) FROM objection WHERE id = NEW.objection_id;
    RETURN NULL;
END
$$;

-- At the end of a transaction, when its answer has filled its slot.
CREATE CONSTRAINT TRIGGER label_is_weighed AFTER INSERT ON label DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.kind = 'ANSWER' OR NEW.supersedes IS NOT NULL) EXECUTE FUNCTION refresh_adjudication_of_row();
CREATE CONSTRAINT TRIGGER opinion_is_waited_for AFTER INSERT ON slot DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.extra) EXECUTE FUNCTION refresh_adjudication_of_row();
CREATE CONSTRAINT TRIGGER opinion_is_given_up AFTER DELETE ON slot DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.extra) EXECUTE FUNCTION refresh_adjudication_of_row();
CREATE CONSTRAINT TRIGGER pair_taken_out_is_weighed AFTER INSERT OR DELETE ON pair_taken_out DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION refresh_adjudication_of_row();
CREATE CONSTRAINT TRIGGER verdict_is_weighed AFTER INSERT ON adjudication DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION refresh_adjudication_of_row();
CREATE CONSTRAINT TRIGGER objection_is_weighed AFTER INSERT ON objection_answer DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION refresh_adjudication_of_objection();

DO $$
BEGIN
    PERFORM refresh_adjudication(pair_id) FROM (
        SELECT pair_id FROM label WHERE kind = 'ANSWER' GROUP BY pair_id HAVING count(*) > 1) labelled;
END
$$;
