-- The stages of a run, and how it went with each.
-- Parameters: :run_id. Grain: one row per stage. Order: as they were begun. A stage is called by what is
-- done, then a source or an entity or both: 'collect 1c user', 'compare order', 'read exchange'.
SELECT split_part(name, ' ', 1) AS action,
    CASE WHEN name ~ '^(collect|link|compare) ' THEN substring(name FROM '[^ ]+$') END AS entity,
    CASE WHEN name ~ '^read ' THEN substring(name FROM '^[^ ]+ (.*)$')
        WHEN name ~ '^collect ' THEN substring(name FROM '^[^ ]+ (.*) [^ ]+$') END AS source,
    state, attempts::bigint AS attempts, started_at,
    (extract(epoch FROM finished_at - started_at) * 1000)::bigint AS duration, error
FROM run_stage WHERE run_id = :run_id::bigint
ORDER BY started_at, name
