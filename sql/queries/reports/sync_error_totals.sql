-- Failed operations of the integration in one row.
-- Parameters: period_start, period_end, time_zone.
-- Grain: one row. counted: the same number by the hourly counts, which has to agree with what the
-- entries say, unless retention has removed entries of the period; counted_before: that of the period
-- before.
-- Plan: index journal_entry_errors.
WITH failure AS (
    SELECT count(*) AS failed, count(DISTINCT (object_kind, object_id)) AS objects,
        count(DISTINCT error_type) FILTER (WHERE error_type <> 'unknown') AS types,
        count(*) FILTER (WHERE error_type IS NULL OR error_type = 'unknown') AS unknown,
        min(occurred_at) AS first_at, max(occurred_at) AS last_at
    FROM journal_entry
    WHERE is_error AND occurred_at >= :period_start::timestamptz
        AND occurred_at < :period_end::timestamptz
), edge AS (
    SELECT ((:period_start::timestamptz AT TIME ZONE :time_zone)
        - age(:period_end::timestamptz AT TIME ZONE :time_zone,
            :period_start::timestamptz AT TIME ZONE :time_zone)) AT TIME ZONE :time_zone AS start
), before AS (
    SELECT sum(entry_count) AS failed
    FROM journal_hour
    WHERE error_type <> '' AND hour >= (SELECT start FROM edge)
        AND hour < :period_start::timestamptz
), counted AS (
    SELECT sum(entry_count) AS entries, sum(entry_count) FILTER (WHERE error_type <> '') AS failed
    FROM journal_hour
    WHERE hour >= :period_start::timestamptz AND hour < :period_end::timestamptz
)
SELECT coalesce(counted.entries, 0)::bigint AS entries, failure.failed, failure.objects, failure.types,
    failure.unknown,
    (:period_start::timestamptz AT TIME ZONE :time_zone)::date AS first_day,
    (:period_end::timestamptz AT TIME ZONE :time_zone - interval '1 microsecond')::date AS last_day,
    first_at, last_at, coalesce(counted.failed, 0)::bigint AS counted,
    coalesce(before.failed, 0)::bigint AS counted_before,
    CASE WHEN counted.entries > 0 THEN greatest(round(coalesce(counted.failed, 0) / counted.entries, 3),
        CASE WHEN counted.failed > 0 THEN 0.001 ELSE 0 END) END AS failed_share,
    CASE WHEN coalesce(counted.entries, 0) = 0 THEN 'no_operations' END AS thin_failed_share
FROM failure CROSS JOIN counted CROSS JOIN before
