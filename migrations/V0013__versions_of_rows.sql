-- Who writes a row says which state of it they had read: of two who change the same at once, the second is told.
ALTER TABLE account ADD COLUMN version bigint NOT NULL DEFAULT 0;
ALTER TABLE campaign ADD COLUMN version bigint NOT NULL DEFAULT 0;
