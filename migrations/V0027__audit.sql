-- What an entry speaks of, and where it came from. Entries stay append-only; what changed is in the detail.
ALTER TABLE audit_event
    -- what was acted upon, in words that people know: the name of an account, the number of a model, …
    ADD COLUMN subject text,
    -- the address that the server saw; null for what the server itself or a command beside it did
    ADD COLUMN address text;

-- Pages read backwards from an entry.
DROP INDEX audit_event_campaign;
CREATE INDEX audit_event_campaign ON audit_event (campaign_id, id);
CREATE INDEX audit_event_account ON audit_event (account_id, id);
CREATE INDEX audit_event_action ON audit_event (action, id);
CREATE INDEX audit_event_at ON audit_event (at);
