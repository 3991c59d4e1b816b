-- Operations of the journal in the minutes of a span of time.
-- Parameters: $1 beginning, $2 end. Grain: one row per labels, with the minutes, counted from 1970, and
-- their counts side by side; error_type is empty for operations that arrived. Order: none.
-- Plan: the index of blocks.
SELECT error_type, object_kind, source_system, target_system,
    array_agg(minute) AS periods, array_agg(entry_count) AS counts
FROM (
    SELECT floor(extract(epoch FROM occurred_at) / 60)::bigint AS minute,
        coalesce(error_type, '') AS error_type, object_kind, source_system, target_system,
        count(*) AS entry_count
    FROM journal_entry
    WHERE occurred_at >= $1 AND occurred_at < $2
    GROUP BY 1, 2, object_kind, source_system, target_system
) AS counted
GROUP BY error_type, object_kind, source_system, target_system
