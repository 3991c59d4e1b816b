-- Operations of the journal in some days.
-- Parameters: $1 days, counted from 1970, $2 their beginnings and $3 their ends in seconds since 1970.
-- Grain: one row per labels, with the days and their counts side by side; error_type is empty for
-- operations that arrived. Order: none. Plan: the index of hours, one look per day.
SELECT error_type, object_kind, source_system, target_system,
    array_agg(number) AS periods, array_agg(entry_count) AS counts
FROM (
    SELECT day.number, error_type, object_kind, source_system, target_system,
        sum(entry_count)::bigint AS entry_count
    FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS day (number, begins, ends)
    JOIN journal_hour
        ON journal_hour.hour >= to_timestamp(day.begins)
        AND journal_hour.hour < to_timestamp(day.ends)
    GROUP BY day.number, error_type, object_kind, source_system, target_system
) AS counted
GROUP BY error_type, object_kind, source_system, target_system
