-- Operations of the journal in some hours.
-- Parameters: $1 hours, counted from 1970. Grain: one row per labels, with the hours and their counts
-- side by side, one that comes in several rows as often; error_type is empty for operations that
-- arrived. Order: none. Plan: the index of hours, one look per hour.
-- Labels come once and not with every count: reading them as texts was most of the work.
SELECT error_type, object_kind, source_system, target_system,
    array_agg(wanted.number) AS periods, array_agg(entry_count) AS counts
FROM unnest($1::bigint[]) AS wanted (number)
JOIN journal_hour ON journal_hour.hour = to_timestamp(wanted.number * 3600::double precision)
GROUP BY error_type, object_kind, source_system, target_system
