-- Operations of the journal in some hours.
-- Parameters: $1 hours, counted from 1970. Grain: one row per hour and labels; error_type is empty for
-- operations that arrived. Order: none. Plan: the index of hours.
SELECT (extract(epoch FROM hour) / 3600)::bigint AS period, error_type, object_kind, source_system,
    target_system, sum(entry_count)::bigint AS value
FROM journal_hour
WHERE hour = ANY (ARRAY(
    SELECT to_timestamp(number * 3600::double precision) FROM unnest($1::bigint[]) AS number))
GROUP BY hour, error_type, object_kind, source_system, target_system
