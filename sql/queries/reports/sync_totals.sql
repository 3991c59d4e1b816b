-- The integration's operations in one row.
-- Parameters: period_start, period_end, made_at, time_zone.
-- Grain: one row. Shares are rounded to a tenth of a percent, but 1 only where nothing failed and 0
-- only where nothing did. Durations in milliseconds. per_hour: over the hours of the period that are over.
WITH counted AS (
    SELECT sum(entry_count) AS entries, sum(entry_count) FILTER (WHERE error_type = '') AS succeeded,
        sum(entry_count) FILTER (WHERE error_type <> '') AS failed, sum(timed_count) AS timed,
        sum(duration_ms_sum) AS duration_sum
    FROM journal_hour
    WHERE hour >= :period_start::timestamptz AND hour < :period_end::timestamptz
), bucket AS (
    SELECT place, sum(number) AS number
    FROM journal_hour CROSS JOIN unnest(duration_buckets) WITH ORDINALITY AS bucket (number, place)
    WHERE hour >= :period_start::timestamptz AND hour < :period_end::timestamptz
    GROUP BY place
), spread AS (
    SELECT array_agg(number ORDER BY place) AS buckets FROM bucket
), peak AS (
    SELECT hour, sum(entry_count) AS entries
    FROM journal_hour
    WHERE hour >= :period_start::timestamptz AND hour < :period_end::timestamptz
    GROUP BY hour ORDER BY entries DESC, hour LIMIT 1
)
SELECT coalesce(counted.entries, 0)::bigint AS entries, coalesce(succeeded, 0)::bigint AS succeeded,
    coalesce(failed, 0)::bigint AS failed,
    CASE WHEN counted.entries > 0 THEN least(round(coalesce(succeeded, 0) / counted.entries, 3),
        CASE WHEN failed > 0 THEN 0.999 ELSE 1 END) END AS succeeded_share,
    CASE WHEN counted.entries > 0 THEN greatest(round(coalesce(failed, 0) / counted.entries, 3),
        CASE WHEN failed > 0 THEN 0.001 ELSE 0 END) END AS failed_share,
    CASE WHEN coalesce(counted.entries, 0) = 0 THEN 'no_operations' END AS thin_succeeded_share,
    CASE WHEN coalesce(counted.entries, 0) = 0 THEN 'no_operations' END AS thin_failed_share,
    journal_percentile(buckets, 0.5) AS median, journal_percentile(buckets, 0.95) AS p95,
    CASE WHEN coalesce(timed, 0) = 0 THEN 'not_timed' END AS thin_median,
    CASE WHEN coalesce(timed, 0) = 0 THEN 'not_timed' WHEN timed < 20 THEN 'few_operations' END
        AS thin_p95,
    coalesce(timed, 0)::bigint AS timed,
    (:period_start::timestamptz AT TIME ZONE :time_zone)::date AS first_day,
    (:period_end::timestamptz AT TIME ZONE :time_zone - interval '1 microsecond')::date AS last_day,
    round(coalesce(counted.entries, 0) / greatest(1, extract(epoch FROM
        least(:period_end::timestamptz, :made_at::timestamptz) - :period_start::timestamptz)
        / 3600), 1) AS per_hour,
    coalesce(peak.entries, 0)::bigint AS peak_entries, peak.hour AS peak_hour
FROM counted CROSS JOIN spread LEFT JOIN peak ON true
