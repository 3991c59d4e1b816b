-- The integration's operations by kind of object.
-- Parameters: period_start, period_end.
-- Grain: one row per kind of object. Order: how many, descending. Shares are rounded as in sync_totals.
WITH bucket AS (
    SELECT object_kind, place, sum(number) AS number
    FROM journal_hour CROSS JOIN unnest(duration_buckets) WITH ORDINALITY AS bucket (number, place)
    WHERE hour >= :period_start::timestamptz AND hour < :period_end::timestamptz
    GROUP BY object_kind, place
), spread AS (
    SELECT object_kind, array_agg(number ORDER BY place) AS buckets FROM bucket GROUP BY object_kind
), counted AS (
    SELECT object_kind, sum(entry_count) AS entries,
        coalesce(sum(entry_count) FILTER (WHERE error_type = ''), 0) AS succeeded,
        coalesce(sum(entry_count) FILTER (WHERE error_type <> ''), 0) AS failed,
        sum(timed_count) AS timed
    FROM journal_hour
    WHERE hour >= :period_start::timestamptz AND hour < :period_end::timestamptz
    GROUP BY object_kind
)
SELECT object_kind, entries::bigint, succeeded::bigint, failed::bigint,
    least(round(succeeded / entries, 3), CASE WHEN failed > 0 THEN 0.999 ELSE 1 END)
        AS succeeded_share,
    greatest(round(failed / entries, 3), CASE WHEN failed > 0 THEN 0.001 ELSE 0 END)
        AS failed_share,
    journal_percentile(buckets, 0.5) AS median, journal_percentile(buckets, 0.95) AS p95,
    CASE WHEN timed = 0 THEN 'not_timed' END AS thin_median,
    CASE WHEN timed = 0 THEN 'not_timed' WHEN timed < 20 THEN 'few_operations' END AS thin_p95
FROM counted LEFT JOIN spread USING (object_kind)
ORDER BY entries DESC, object_kind
