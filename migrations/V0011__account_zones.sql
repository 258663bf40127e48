-- Where a person's day begins. Null while they never chose: UTC.
ALTER TABLE account ADD COLUMN time_zone text CHECK (length(time_zone) BETWEEN 1 AND 64);

CREATE FUNCTION zone_of(account uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT a.time_zone FROM account a WHERE a.id = zone_of.account), 'UTC')
$$;
-- the last midnight where the account lives
CREATE FUNCTION midnight_of(account uuid) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT date_trunc('day', now(), zone_of(midnight_of.account))
$$;
