-- Jobs whose last ended run failed.
-- Grain: one row per job. Order: job.
SELECT job
FROM (
    SELECT DISTINCT ON (job) job, state FROM run
    WHERE state <> 'running' AND started_at > now() - interval '60 days'
    ORDER BY job, id DESC) AS latest
WHERE state = 'failed'
ORDER BY job
