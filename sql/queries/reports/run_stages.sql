-- The stages of a run, and how it went with each.
-- Parameters: :run_id. Grain: one row per stage. Order: as they were begun.
SELECT name AS stage, state, attempts::bigint AS attempts, started_at,
    (extract(epoch FROM finished_at - started_at) * 1000)::bigint AS duration, error
FROM run_stage WHERE run_id = :run_id::bigint
ORDER BY started_at, name
