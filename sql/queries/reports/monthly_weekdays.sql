-- On which weekday errors arise: findings by the day before the night that found them, and failed
-- operations of the integration by their own day.
-- Parameters: period_start, period_end, time_zone.
-- Grain: one row per weekday, 1 Monday to 7 Sunday. Order: weekday.
-- What the very first comparison of an entity found has no day and is left out.
WITH compared AS (
    SELECT comparison.run_id, comparison.entity, run.as_of,
        lag(run.as_of) OVER (PARTITION BY comparison.entity ORDER BY run.id) AS as_of_before
    FROM comparison JOIN run ON run.id = comparison.run_id
    WHERE run.as_of < :period_end::timestamptz
), found AS (
    SELECT extract(isodow FROM (as_of AT TIME ZONE :time_zone) - interval '12 hours') AS weekday,
        sum(finding_count) AS found
    FROM compared JOIN comparison_count USING (run_id, entity)
    WHERE as_of >= :period_start::timestamptz AND as_of_before IS NOT NULL
        AND state IN ('new', 'reopened')
    GROUP BY 1
), journal AS (
    SELECT extract(isodow FROM hour AT TIME ZONE :time_zone) AS weekday,
        sum(entry_count) AS operations,
        sum(entry_count) FILTER (WHERE error_type <> '') AS failed
    FROM journal_hour
    WHERE hour >= :period_start::timestamptz AND hour < :period_end::timestamptz
    GROUP BY 1
)
SELECT weekday::text AS weekday, coalesce(found, 0)::bigint AS found,
    coalesce(operations, 0)::bigint AS operations, coalesce(failed, 0)::bigint AS failed,
    CASE WHEN operations > 0 THEN round(coalesce(failed, 0) / operations, 4) END AS failed_share
FROM generate_series(1, 7) AS weekday
LEFT JOIN found USING (weekday)
LEFT JOIN journal USING (weekday)
ORDER BY 1
