-- What is counted of a campaign, kept beside the work: a job adds what labels have come into the chain since, so that neither a
-- page nor a claim ever counts a campaign, and who labels writes nothing more than before.
CREATE TABLE campaign_tally (
    campaign_id uuid NOT NULL REFERENCES campaign,
    figure      text NOT NULL,
    -- of what: an annotator, a stratum, a quarter of an hour, …; empty where the figure is the campaign's
    subject     text NOT NULL,
    n           bigint NOT NULL,
    PRIMARY KEY (campaign_id, figure, subject)
);
-- Up to which place of its chain a campaign is counted, and when it was last counted as a whole. Without a row it is not.
CREATE TABLE campaign_tally_mark (
    campaign_id uuid PRIMARY KEY REFERENCES campaign,
    position    bigint NOT NULL,
    counted_at  timestamptz NOT NULL DEFAULT now()
);
-- Sizes that have changed and are not in the tally yet. Rows are only added by those who change them, so nobody waits.
CREATE TABLE campaign_tally_change (
    campaign_id uuid NOT NULL,
    figure      text NOT NULL,
    subject     text NOT NULL,
    n           bigint NOT NULL
);
CREATE INDEX campaign_tally_change_campaign ON campaign_tally_change (campaign_id);

-- how many rows of a table came or went, by campaign
CREATE FUNCTION tally_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO campaign_tally_change (campaign_id, figure, subject, n)
    SELECT campaign_id, TG_ARGV[0], '', CASE TG_OP WHEN 'INSERT' THEN count(*) ELSE -count(*) END FROM changed GROUP BY campaign_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER item_is_tallied AFTER INSERT ON item
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tally_rows('items');
CREATE TRIGGER item_end_is_tallied AFTER DELETE ON item
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tally_rows('items');
CREATE TRIGGER pair_is_tallied AFTER INSERT ON pair
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tally_rows('pairs');
CREATE TRIGGER pair_end_is_tallied AFTER DELETE ON pair
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tally_rows('pairs');

-- labels that are wanted, by stratum: all slots but those of pairs that are taken out
CREATE FUNCTION tally_slots() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO campaign_tally_change (campaign_id, figure, subject, n)
    SELECT campaign_id, 'wanted', stratum, CASE TG_OP WHEN 'INSERT' THEN count(*) ELSE -count(*) END
    FROM changed WHERE state <> 'OUT' GROUP BY campaign_id, stratum;
    RETURN NULL;
END
$$;
CREATE TRIGGER slot_is_tallied AFTER INSERT ON slot
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tally_slots();
CREATE TRIGGER slot_end_is_tallied AFTER DELETE ON slot
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tally_slots();

CREATE FUNCTION tally_slot_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO campaign_tally_change (campaign_id, figure, subject, n)
    VALUES (NEW.campaign_id, 'wanted', NEW.stratum, CASE NEW.state WHEN 'OUT' THEN -1 ELSE 1 END);
    RETURN NULL;
END
$$;
CREATE TRIGGER slot_out_is_tallied AFTER UPDATE OF state ON slot
    FOR EACH ROW WHEN ((NEW.state = 'OUT') <> (OLD.state = 'OUT')) EXECUTE FUNCTION tally_slot_out();

-- A node remembers for some seconds which campaigns somebody is in, to serve their pictures; who leaves one is forgotten with
-- the commit.
CREATE TRIGGER membership_change_is_told AFTER UPDATE OF account_id, campaign_id, role ON campaign_member
    FOR EACH ROW EXECUTE FUNCTION tell_account_changed('account_id');
CREATE TRIGGER membership_end_is_told AFTER DELETE ON campaign_member
    FOR EACH ROW EXECUTE FUNCTION tell_account_changed('account_id');
