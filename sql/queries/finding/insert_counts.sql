-- Counts how the findings stand after a run.
-- Parameters: $1 run, $2 entity.
INSERT INTO comparison_count (
    run_id, entity, kind, severity, state, finding_count, at_stake_minor, at_stake_currency)
SELECT $1::bigint, $2::text, kind, severity, current_state, count(*)::integer,
    coalesce(sum(at_stake_minor), 0)::bigint, coalesce(at_stake_currency, '')
FROM finding_current
WHERE entity = $2 AND (state <> 'resolved' OR resolved_run_id = $1)
GROUP BY kind, severity, current_state, coalesce(at_stake_currency, '')
