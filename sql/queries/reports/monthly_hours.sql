-- At which hour operations of the integration fail.
-- Parameters: period_start, period_end, time_zone.
-- Grain: one row per hour of the day, 0 to 23. Order: hour.
SELECT clock.hour::bigint, coalesce(sum(entry_count), 0)::bigint AS operations,
    coalesce(sum(entry_count) FILTER (WHERE error_type <> ''), 0)::bigint AS failed,
    CASE WHEN sum(entry_count) > 0 THEN round(coalesce(sum(entry_count)
        FILTER (WHERE error_type <> ''), 0) / sum(entry_count), 4) END AS failed_share
FROM generate_series(0, 23) AS clock (hour)
LEFT JOIN journal_hour
    ON extract(hour FROM journal_hour.hour AT TIME ZONE :time_zone) = clock.hour
    AND journal_hour.hour >= :period_start::timestamptz
    AND journal_hour.hour < :period_end::timestamptz
GROUP BY clock.hour
ORDER BY clock.hour
