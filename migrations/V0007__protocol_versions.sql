-- A campaign can move to another version of its protocol. A lease keeps the version it was given under, so that a label
-- says what its annotator had read.
ALTER TABLE assignment ADD COLUMN protocol_sha256 text REFERENCES protocol;
UPDATE assignment SET protocol_sha256 = campaign.protocol_sha256 FROM campaign WHERE campaign.id = assignment.campaign_id;
ALTER TABLE assignment ALTER COLUMN protocol_sha256 SET NOT NULL;

-- Whatever hands out a pair: a new lease is under the version that holds now.
CREATE FUNCTION lease_under_current_protocol() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.protocol_sha256 := (SELECT protocol_sha256 FROM campaign WHERE id = NEW.campaign_id);
    RETURN NEW;
END
$$;
CREATE TRIGGER assignment_protocol BEFORE INSERT ON assignment
    FOR EACH ROW EXECUTE FUNCTION lease_under_current_protocol();

-- Which versions a campaign has had, and who moved it when.
CREATE TABLE protocol_move (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    campaign_id uuid NOT NULL REFERENCES campaign,
    from_sha256 text NOT NULL REFERENCES protocol,
    to_sha256   text NOT NULL REFERENCES protocol,
    moved_by    uuid NOT NULL REFERENCES account,
    moved_at    timestamptz NOT NULL DEFAULT now(),
    CHECK (from_sha256 <> to_sha256)
);
CREATE INDEX protocol_move_campaign ON protocol_move (campaign_id, id);
CREATE TRIGGER protocol_move_is_append_only BEFORE UPDATE OR DELETE ON protocol_move
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
