-- A run is held by one worker at a time. Taking it up raises its attempt, and whatever a worker writes for the run requires
-- that it still holds that attempt: one that was paused and taken for dead writes nothing any more.

ALTER TABLE training_run
    -- whether a worker has taken the run up and has neither ended it nor handed it back
    ADD COLUMN held boolean NOT NULL DEFAULT false,
    -- how often it was taken up from a worker that had not handed it back
    ADD COLUMN deaths integer NOT NULL DEFAULT 0,
    -- candidates that could not be encoded when the run trained, and labels that were left out with them
    ADD COLUMN set_aside integer NOT NULL DEFAULT 0,
    ADD COLUMN left_out integer NOT NULL DEFAULT 0;

-- Jobs that train wait in a table of their own, for a scheduler of their own: however many are due, the short jobs have
-- their threads. Layout as the library wants it.
CREATE TABLE training_task (LIKE scheduled_tasks INCLUDING ALL);
INSERT INTO training_task (task_name, task_instance, task_data, execution_time, picked, consecutive_failures, version, priority)
SELECT task_name, task_instance, task_data, least(execution_time, now()), false, 0, version, priority
FROM scheduled_tasks WHERE task_name = 'train';
DELETE FROM scheduled_tasks WHERE task_name = 'train';
