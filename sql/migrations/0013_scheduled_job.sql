-- 0013: remember since when each job is scheduled, so that one that never runs is missed.
--
-- Locks: a new table only.
SET LOCAL lock_timeout = '3s';

CREATE TABLE scheduled_job (
    job      text PRIMARY KEY CHECK (job <> ''),
    schedule text NOT NULL,
    since    timestamptz NOT NULL
);
COMMENT ON TABLE scheduled_job IS
    'Jobs that the configuration schedules, as the last evaluation of alerts found it. Grain: one row '
    'per job.';
COMMENT ON COLUMN scheduled_job.schedule IS 'When it is due: cron expression and time zone.';
COMMENT ON COLUMN scheduled_job.since IS
    'When it was first seen under this schedule: what was due before cannot have been missed.';
