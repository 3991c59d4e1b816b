-- Ends a stage.
-- Parameters: $1 run, $2 stage, $3 state, $4 counts, $5 error.
UPDATE run_stage SET state = $3, finished_at = now(), counts = $4, error = $5
WHERE run_id = $1 AND name = $2 AND state = 'running'
