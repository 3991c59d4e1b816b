-- Runs, the latest first.
-- Parameters: $1 job (NULL: all), $2 how many. Grain: one row per run. Order: number, descending.
SELECT id, job, state, started_at, resumed_at, finished_at, parameters, engine, model_version,
    holder, error
FROM run WHERE $1::text IS NULL OR job = $1
ORDER BY id DESC LIMIT $2
