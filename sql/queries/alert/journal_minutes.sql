-- Operations of the journal in the minutes of a span of time.
-- Parameters: $1 beginning, $2 end. Grain: one row per minute, counted from 1970, and labels;
-- error_type is empty for operations that arrived. Order: none. Plan: the index of blocks.
SELECT floor(extract(epoch FROM occurred_at) / 60)::bigint AS period,
    coalesce(error_type, '') AS error_type, object_kind, source_system, target_system,
    count(*) AS value
FROM journal_entry
WHERE occurred_at >= $1 AND occurred_at < $2
GROUP BY 1, 2, object_kind, source_system, target_system
