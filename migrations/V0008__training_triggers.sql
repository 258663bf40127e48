-- Training by time: so many hours after a campaign's last run, if at least one label came since. Null: never by time.
ALTER TABLE campaign ADD COLUMN retrain_hours integer CHECK (retrain_hours BETWEEN 1 AND 8760);
