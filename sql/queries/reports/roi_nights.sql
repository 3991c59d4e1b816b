-- Nights with a comparison by month, from the first run to the end of the period.
-- Parameters: period_end, time_zone.
-- Grain: one row per month, months without a night too. Order: month.
WITH night AS (
    SELECT DISTINCT (run.as_of AT TIME ZONE :time_zone)::date AS night
    FROM comparison JOIN run ON run.id = comparison.run_id
    WHERE run.as_of < :period_end::timestamptz
), span AS (
    SELECT date_trunc('month', min(night)::timestamp) AS first,
        date_trunc('month', (:period_end::timestamptz AT TIME ZONE :time_zone)
            - interval '1 microsecond') AS last
    FROM night
)
SELECT month::date AS month, count(night.night)::bigint AS nights
FROM span CROSS JOIN LATERAL generate_series(first, last, interval '1 month') AS month
LEFT JOIN night ON date_trunc('month', night.night::timestamp) = month
GROUP BY month
ORDER BY month
