-- Why the next pairs of a run could not be chosen, in words; the run made its version all the same, and chance orders the queue.
ALTER TABLE training_run ADD COLUMN choice_failure text;
