-- The integration's operations day by day.
-- Parameters: period_start, period_end, time_zone.
-- Grain: one row per day of the period, days without operations too. Order: day.
WITH counted AS (
    SELECT (hour AT TIME ZONE :time_zone)::date AS day, sum(entry_count) AS entries,
        sum(entry_count) FILTER (WHERE error_type <> '') AS failed
    FROM journal_hour
    WHERE hour >= :period_start::timestamptz AND hour < :period_end::timestamptz
    GROUP BY 1
)
SELECT calendar.day::date AS day, coalesce(entries, 0)::bigint AS entries,
    coalesce(entries - coalesce(failed, 0), 0)::bigint AS succeeded,
    coalesce(failed, 0)::bigint AS failed,
    CASE WHEN entries > 0 THEN round(coalesce(failed, 0) / entries, 4) END AS failed_share
FROM generate_series((:period_start::timestamptz AT TIME ZONE :time_zone)::date::timestamp,
    (:period_end::timestamptz AT TIME ZONE :time_zone - interval '1 microsecond')::date::timestamp,
    interval '1 day') AS calendar (day)
LEFT JOIN counted ON counted.day = calendar.day::date
ORDER BY calendar.day
