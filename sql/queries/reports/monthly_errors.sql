-- Failed operations of the integration by type, with the period before.
-- Parameters: period_start, period_end, time_zone.
-- Grain: one row per type of error of either period. Order: how many, descending.
WITH edge AS (
    SELECT ((:period_start::timestamptz AT TIME ZONE :time_zone)
        - age(:period_end::timestamptz AT TIME ZONE :time_zone,
            :period_start::timestamptz AT TIME ZONE :time_zone)) AT TIME ZONE :time_zone AS start
)
SELECT error_type, split_part(error_type, '.', 1) AS family, error_type AS advice,
    coalesce(sum(entry_count) FILTER (WHERE hour >= :period_start::timestamptz), 0)::bigint AS failed,
    coalesce(sum(entry_count) FILTER (WHERE hour < :period_start::timestamptz), 0)::bigint
        AS failed_before
FROM journal_hour
WHERE hour >= (SELECT start FROM edge) AND hour < :period_end::timestamptz AND error_type <> ''
GROUP BY error_type
ORDER BY failed DESC, error_type
