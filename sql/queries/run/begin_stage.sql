-- Begins a stage, or begins it again. A stage that is done stays done.
-- Parameters: $1 run, $2 stage.
INSERT INTO run_stage (run_id, name) VALUES ($1, $2)
ON CONFLICT (run_id, name) DO UPDATE
SET state = 'running', attempts = run_stage.attempts + 1, started_at = now(), finished_at = NULL,
    error = NULL
WHERE run_stage.state <> 'done'
