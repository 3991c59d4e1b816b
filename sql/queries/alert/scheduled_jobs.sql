-- Since when jobs are scheduled as they are.
-- Grain: one row per job. Order: job.
SELECT job, since FROM scheduled_job ORDER BY job
