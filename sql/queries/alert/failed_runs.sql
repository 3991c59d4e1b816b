-- Jobs whose last ended run failed; of alerts nothing is said, since whoever asks is evaluating them.
-- Grain: one row per job. Order: job.
SELECT job
FROM (
    SELECT DISTINCT ON (job) job, state FROM run
    WHERE state <> 'running' AND job <> 'alerts' AND started_at > now() - interval '60 days'
    ORDER BY job, id DESC) AS latest
WHERE state = 'failed'
ORDER BY job
