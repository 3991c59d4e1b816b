-- Throughput by the hour of the day.
-- Parameters: period_start, period_end, made_at, time_zone.
-- Grain: one row per hour, 0 to 23. Order: hour. per_hour: the mean over the days of the period
-- that are over, the present one in part.
WITH counted AS (
    SELECT extract(hour FROM hour AT TIME ZONE :time_zone) AS clock, sum(entry_count) AS entries,
        sum(entry_count) FILTER (WHERE error_type <> '') AS failed
    FROM journal_hour
    WHERE hour >= :period_start::timestamptz AND hour < :period_end::timestamptz
    GROUP BY 1
)
SELECT clock::bigint AS clock_hour, coalesce(entries, 0)::bigint AS entries,
    coalesce(failed, 0)::bigint AS failed,
    round(coalesce(entries, 0) / greatest(1, extract(epoch FROM
        least(:period_end::timestamptz, :made_at::timestamptz) - :period_start::timestamptz)
        / 86400), 1) AS per_hour,
    CASE WHEN entries > 0 THEN round(coalesce(failed, 0) / entries, 4) END AS failed_share
FROM generate_series(0, 23) AS clock
LEFT JOIN counted USING (clock)
ORDER BY clock
