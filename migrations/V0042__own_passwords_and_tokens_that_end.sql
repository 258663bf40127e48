-- A password that somebody else has given is good for one thing: to choose an own one.
ALTER TABLE account ADD COLUMN password_given boolean NOT NULL DEFAULT false;

-- When a token ends by itself. Those that were made before know no end.
ALTER TABLE api_token ADD COLUMN expires_at timestamptz;
