-- Jobs whose last ended run failed, with what was the matter; of alerts nothing is said, since whoever
-- asks is evaluating them.
-- Grain: one row per job. Order: job.
SELECT job, error
FROM (
    SELECT DISTINCT ON (job) job, state, error FROM run
    WHERE state <> 'running' AND job <> 'alerts' AND started_at > now() - interval '60 days'
    ORDER BY job, id DESC) AS latest
WHERE state = 'failed'
ORDER BY job
