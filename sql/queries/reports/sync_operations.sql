-- The integration's operations by what was done and from where to where.
-- Parameters: period_start, period_end.
-- Grain: one row per operation and pair of systems. Order: how many, descending.
SELECT operation, source_system, target_system, sum(entry_count)::bigint AS entries,
    coalesce(sum(entry_count) FILTER (WHERE error_type = ''), 0)::bigint AS succeeded,
    coalesce(sum(entry_count) FILTER (WHERE error_type <> ''), 0)::bigint AS failed,
    greatest(round(coalesce(sum(entry_count) FILTER (WHERE error_type <> ''), 0) / sum(entry_count), 3),
        CASE WHEN bool_or(error_type <> '') THEN 0.001 ELSE 0 END) AS failed_share
FROM journal_hour
WHERE hour >= :period_start::timestamptz AND hour < :period_end::timestamptz
GROUP BY operation, source_system, target_system
ORDER BY entries DESC, operation, source_system, target_system
