-- Failed operations of the integration by the hour of the day.
-- Parameters: period_start, period_end, time_zone.
-- Grain: one row per hour, 0 to 23. Order: hour.
SELECT clock::bigint AS clock_hour, coalesce(sum(entry_count), 0)::bigint AS failed
FROM generate_series(0, 23) AS clock
LEFT JOIN journal_hour
    ON extract(hour FROM hour AT TIME ZONE :time_zone) = clock AND error_type <> ''
    AND hour >= :period_start::timestamptz AND hour < :period_end::timestamptz
GROUP BY clock
ORDER BY clock
