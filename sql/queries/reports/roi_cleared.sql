-- Findings that were cleared from the first run to the end of the period, less those that came back.
-- Parameters: period_end, time_zone, currency.
-- Grain: one row per month, entity, kind and severity. Order: the same.
-- A finding that goes, comes back and goes again was mended once: what came back in a month is taken
-- off, so that a month may have less than none, but never the sum from the first month on.
-- Money is in minor units of the currency asked for; other currencies are left out.
WITH moved AS (
    SELECT date_trunc('month', run.as_of AT TIME ZONE :time_zone)::date AS month,
        comparison_count.entity, kind, severity,
        sum(CASE comparison_count.state WHEN 'resolved' THEN finding_count ELSE -finding_count END)
            AS cleared,
        coalesce(sum(CASE comparison_count.state WHEN 'resolved' THEN at_stake_minor
            ELSE -at_stake_minor END) FILTER (WHERE at_stake_currency = :currency), 0)
            AS at_stake_minor
    FROM comparison_count
    JOIN run ON run.id = comparison_count.run_id
    WHERE comparison_count.state IN ('resolved', 'reopened') AND run.as_of < :period_end::timestamptz
    GROUP BY 1, 2, 3, 4
), so_far AS (
    SELECT month, entity, kind, severity, greatest(0, sum(cleared) OVER known) AS cleared,
        greatest(0, sum(at_stake_minor) OVER known) AS at_stake_minor
    FROM moved
    WINDOW known AS (PARTITION BY entity, kind, severity ORDER BY month)
)
SELECT month, entity, kind, severity,
    (cleared - coalesce(lag(cleared) OVER known, 0))::bigint AS cleared,
    (at_stake_minor - coalesce(lag(at_stake_minor) OVER known, 0))::bigint AS at_stake_minor
FROM so_far
WINDOW known AS (PARTITION BY entity, kind, severity ORDER BY month)
ORDER BY month, entity, kind, severity
