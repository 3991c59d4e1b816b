-- Ends a run.
-- Parameters: $1 run, $2 state, $3 error, $4 model version (NULL: as it is).
UPDATE run
SET state = $2, finished_at = now(), error = $3, model_version = coalesce($4, model_version)
WHERE id = $1 AND state = 'running'
