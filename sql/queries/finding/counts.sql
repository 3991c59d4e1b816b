-- How the findings of an entity stood after a run.
-- Parameters: $1 run, $2 entity.
-- Grain: one row per kind, severity, state and currency. Order: the same.
SELECT kind, severity, state, finding_count, at_stake_minor, at_stake_currency
FROM comparison_count WHERE run_id = $1 AND entity = $2
ORDER BY kind, severity, state, at_stake_currency
