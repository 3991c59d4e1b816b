-- Goes on with a run.
-- Parameters: $1 run, $2 job, $3 holder.
UPDATE run SET state = 'running', resumed_at = now(), finished_at = NULL, error = NULL, holder = $3
WHERE id = $1 AND job = $2 AND state IN ('running', 'failed', 'incomplete', 'abandoned')
