-- Whether a picture's pixels were read with its colours in mind when it came in. Those that came in before may have a stored form
-- that browsers show otherwise than they were measured; the same file, taken in again, is looked at anew.
ALTER TABLE image ADD COLUMN colour_managed boolean NOT NULL DEFAULT false;
