-- A protocol's id belongs to the account that published its first version. Null: it came with the product, or was published
-- before this was recorded.
ALTER TABLE protocol ADD COLUMN published_by uuid REFERENCES account;
