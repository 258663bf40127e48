-- One index for each way to look for a slot, in the order of the claims: what acquisition has put in front, and the random
-- order of each stratum. A claim names these conditions as they stand here, so that its plan is a probe of one of them
-- however large the campaign is.
CREATE INDEX slot_chosen ON slot (campaign_id, priority DESC, random_key) WHERE state = 'OPEN' AND priority > 0;
CREATE INDEX slot_uniform ON slot (campaign_id, random_key)
    WHERE state = 'OPEN' AND priority = 0 AND stratum = 'UNIFORM';
CREATE INDEX slot_acquired ON slot (campaign_id, random_key)
    WHERE state = 'OPEN' AND priority = 0 AND stratum <> 'UNIFORM';
DROP INDEX slot_queue;
-- what ran out is looked for campaign by campaign
DROP INDEX slot_lease;
CREATE INDEX slot_lease ON slot (campaign_id, expires_at) WHERE state = 'LEASED';
