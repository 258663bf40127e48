-- A campaign to be, as somebody has got with it. It is theirs alone until it is launched.
CREATE TABLE campaign_draft (
    id            uuid PRIMARY KEY DEFAULT uuidv7(),
    -- of what its maker writes; work in the background leaves it alone
    version       bigint NOT NULL DEFAULT 0,
    owner_id      uuid NOT NULL REFERENCES account,
    choices       jsonb NOT NULL,
    -- where the pairs are: the name of an upload as its maker knows it, the file that it lies in, a folder of the server
    upload        text,
    file          uuid,
    folder        text,
    -- what the last check of these pairs found, and for what protocol and campaign
    checked_for   text,
    checked       jsonb,
    work          text NOT NULL DEFAULT 'NONE' CHECK (work IN ('NONE', 'CHECKING', 'LAUNCHING', 'LAUNCHED')),
    -- who works on it: whoever finds another attempt here has been replaced
    attempt       uuid,
    rows_read     bigint NOT NULL DEFAULT 0,
    seen_at       timestamptz,
    -- why the last work failed
    failure       jsonb,
    campaign_id   uuid REFERENCES campaign,
    -- accounts that the launch has made and whose first passwords nobody has seen yet
    new_accounts  integer NOT NULL DEFAULT 0,
    created_at    timestamptz NOT NULL DEFAULT now(),
    changed_at    timestamptz NOT NULL DEFAULT now(),
    CHECK ((work = 'LAUNCHED') = (campaign_id IS NOT NULL)),
    CHECK (work NOT IN ('CHECKING', 'LAUNCHING') OR (attempt IS NOT NULL AND seen_at IS NOT NULL)),
    CHECK (file IS NULL OR upload IS NOT NULL)
);
CREATE INDEX campaign_draft_owner ON campaign_draft (owner_id, changed_at DESC);
CREATE INDEX campaign_draft_age ON campaign_draft (changed_at);
