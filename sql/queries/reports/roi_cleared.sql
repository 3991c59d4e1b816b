-- Findings that were cleared from the first run to the end of the period.
-- Parameters: period_end, time_zone, currency.
-- Grain: one row per month, entity, kind and severity. Order: the same.
-- Money is in minor units of the currency asked for; other currencies are left out.
SELECT date_trunc('month', run.as_of AT TIME ZONE :time_zone)::date AS month, comparison_count.entity,
    kind, severity, sum(finding_count)::bigint AS cleared,
    coalesce(sum(at_stake_minor) FILTER (WHERE at_stake_currency = :currency), 0)::bigint
        AS at_stake_minor
FROM comparison_count
JOIN run ON run.id = comparison_count.run_id
WHERE comparison_count.state = 'resolved' AND run.as_of < :period_end::timestamptz
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4
