-- The stages of a run.
-- Parameters: $1 run. Grain: one row per stage. Order: as they were begun.
SELECT name, state, attempts, started_at, finished_at, counts, error
FROM run_stage WHERE run_id = $1
ORDER BY started_at, name
