-- Failed operations of the integration day by day, by group of types.
-- Parameters: period_start, period_end, time_zone.
-- Grain: one row per day of the period. Order: day.
WITH counted AS (
    SELECT (hour AT TIME ZONE :time_zone)::date AS day, split_part(error_type, '.', 1) AS family,
        sum(entry_count) AS failed
    FROM journal_hour
    WHERE error_type <> '' AND hour >= :period_start::timestamptz
        AND hour < :period_end::timestamptz
    GROUP BY 1, 2
)
SELECT calendar.day::date AS day,
    coalesce(sum(failed) FILTER (WHERE family = 'connection'), 0)::bigint AS connection,
    coalesce(sum(failed) FILTER (WHERE family = 'data'), 0)::bigint AS data,
    coalesce(sum(failed) FILTER (WHERE family = 'authorization'), 0)::bigint AS authorization_failed,
    coalesce(sum(failed) FILTER (WHERE family NOT IN ('connection', 'data', 'authorization')), 0)::bigint
        AS other, coalesce(sum(failed), 0)::bigint AS failed
FROM generate_series((:period_start::timestamptz AT TIME ZONE :time_zone)::date::timestamp,
    (:period_end::timestamptz AT TIME ZONE :time_zone - interval '1 microsecond')::date::timestamp,
    interval '1 day') AS calendar (day)
LEFT JOIN counted ON counted.day = calendar.day::date
GROUP BY calendar.day
ORDER BY calendar.day
