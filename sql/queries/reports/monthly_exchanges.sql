-- In which exchange operations fail: what was done with which kind of object, from where to where.
-- Parameters: period_start, period_end, top.
-- Grain: one row per operation, kind of object and pair of systems, the first so many.
-- Order: failed, descending.
SELECT operation, object_kind, source_system, target_system, sum(entry_count)::bigint AS operations,
    coalesce(sum(entry_count) FILTER (WHERE error_type <> ''), 0)::bigint AS failed,
    round(coalesce(sum(entry_count) FILTER (WHERE error_type <> ''), 0) / sum(entry_count), 4)
        AS failed_share
FROM journal_hour
WHERE hour >= :period_start::timestamptz AND hour < :period_end::timestamptz
GROUP BY operation, object_kind, source_system, target_system
ORDER BY failed DESC, operations DESC, operation, object_kind, source_system, target_system
LIMIT :top::integer
