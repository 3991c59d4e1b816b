-- Notes which jobs are scheduled, and since when as they are now; others are forgotten.
-- Parameters: $1 jobs, $2 their schedules, arrays of one length; $3 now.
-- Grain: one row per job. Order: none.
WITH gone AS (DELETE FROM scheduled_job WHERE job <> ALL ($1::text[]))
INSERT INTO scheduled_job (job, schedule, since)
SELECT job, schedule, $3 FROM unnest($1::text[], $2::text[]) AS given (job, schedule)
ON CONFLICT (job) DO UPDATE
SET schedule = excluded.schedule,
    since = CASE WHEN scheduled_job.schedule = excluded.schedule
        -- A clock that was set back must not make a job new for as long.
        THEN least(scheduled_job.since, excluded.since) ELSE excluded.since END
RETURNING job, since
