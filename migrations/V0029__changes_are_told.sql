-- What nodes remember of an account for some seconds (whose a token or a browser is) they are told of when it ends, with the
-- commit that ends it, whoever makes the change. The payload is the account.
CREATE FUNCTION tell_account_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('account_changed', to_jsonb(OLD) ->> TG_ARGV[0]);
    RETURN NULL;
END
$$;

CREATE TRIGGER account_change_is_told AFTER UPDATE OF name, display_name, role, disabled, password_hash ON account
    FOR EACH ROW WHEN ((OLD.name, OLD.display_name, OLD.role, OLD.disabled, OLD.password_hash)
        IS DISTINCT FROM (NEW.name, NEW.display_name, NEW.role, NEW.disabled, NEW.password_hash))
    EXECUTE FUNCTION tell_account_changed('id');
CREATE TRIGGER account_end_is_told AFTER DELETE ON account
    FOR EACH ROW EXECUTE FUNCTION tell_account_changed('id');
-- the note of its last use is no change
CREATE TRIGGER api_token_change_is_told AFTER UPDATE OF account_id, token_sha256, revoked_at ON api_token
    FOR EACH ROW EXECUTE FUNCTION tell_account_changed('account_id');
CREATE TRIGGER api_token_end_is_told AFTER DELETE ON api_token
    FOR EACH ROW EXECUTE FUNCTION tell_account_changed('account_id');
CREATE TRIGGER sign_in_end_is_told AFTER DELETE ON sign_in
    FOR EACH ROW EXECUTE FUNCTION tell_account_changed('account_id');

-- Answers kept beside a pair's labels that did not come: looked for where a claim finds nothing else.
CREATE INDEX assignment_extra ON assignment (campaign_id) WHERE state = 'EXTRA';
