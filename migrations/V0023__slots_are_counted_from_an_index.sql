-- Slots are counted by stratum and state: from an index that has both, which is read in a fraction of the table's time.
CREATE INDEX slot_counted ON slot (campaign_id, state, stratum);
DROP INDEX slot_campaign;
