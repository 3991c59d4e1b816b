-- One run.
-- Parameters: $1 run. Grain: at most one row.
SELECT id, job, state, started_at, resumed_at, finished_at, parameters, engine, model_version,
    holder, error
FROM run WHERE id = $1
