-- How often a job failed since a moment.
-- Parameters: $1 job, $2 moment, $3 run that does not count. Grain: one row.
SELECT count(*) AS failures FROM run
WHERE job = $1 AND started_at >= $2 AND id <> $3 AND state = 'failed'
