-- Failed operations of the integration by type, with the period before.
-- Parameters: period_start, period_end, time_zone.
-- Grain: one row per type of error of either period. Order: how many, descending. objects: how many
-- objects could not be carried over; family, advice: by which words are found; failed_before: in the
-- period before. A type that did not occur again has no first_at and last_at.
-- Plan: index journal_entry_errors.
WITH edge AS (
    SELECT ((:period_start::timestamptz AT TIME ZONE :time_zone)
        - age(:period_end::timestamptz AT TIME ZONE :time_zone,
            :period_start::timestamptz AT TIME ZONE :time_zone)) AT TIME ZONE :time_zone AS start
), before AS (
    SELECT error_type, sum(entry_count) AS failed
    FROM journal_hour
    WHERE error_type <> '' AND hour >= (SELECT start FROM edge)
        AND hour < :period_start::timestamptz
    GROUP BY error_type
), failure AS (
    SELECT coalesce(error_type, 'unknown') AS error_type, count(*) AS failed,
        count(DISTINCT (object_kind, object_id)) AS objects, min(occurred_at) AS first_at,
        max(occurred_at) AS last_at, count(DISTINCT (occurred_at AT TIME ZONE :time_zone)::date) AS days
    FROM journal_entry
    WHERE is_error AND occurred_at >= :period_start::timestamptz
        AND occurred_at < :period_end::timestamptz
    GROUP BY 1
)
SELECT error_type, split_part(error_type, '.', 1) AS family, error_type AS advice,
    coalesce(failure.failed, 0) AS failed,
    coalesce(round(failure.failed / sum(failure.failed) OVER (), 4), 0) AS share,
    coalesce(before.failed, 0)::bigint AS failed_before, coalesce(objects, 0) AS objects,
    coalesce(days, 0) AS days, first_at, last_at
FROM failure FULL JOIN before USING (error_type)
ORDER BY failed DESC, failed_before DESC, error_type
