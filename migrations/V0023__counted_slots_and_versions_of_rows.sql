-- Slots are counted by stratum and state: from an index that has both, which is read in a fraction of the table's time.
CREATE INDEX slot_counted ON slot (campaign_id, state, stratum);
DROP INDEX slot_campaign;

-- Who writes a row says which state of it they had read: of two who change the same at once, the second is told.
ALTER TABLE model_version ADD COLUMN version bigint NOT NULL DEFAULT 0;
ALTER TABLE qualification_attempt ADD COLUMN version bigint NOT NULL DEFAULT 0;
ALTER TABLE campaign_member ADD COLUMN version bigint NOT NULL DEFAULT 0;
