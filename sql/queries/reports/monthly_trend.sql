-- Night by night: what stood, what came, what went, and how much money was at risk.
-- Parameters: period_start, period_end, time_zone, currency.
-- Grain: one row per day with a comparison; of several runs a day the last one counts for what
-- stands. Order: day. An entity that was not compared that day counts as it stood last; one that was
-- compared on no day of the period counts nothing.
WITH compared AS (
    SELECT comparison.run_id, comparison.entity, run.as_of,
        (run.as_of AT TIME ZONE :time_zone)::date AS night
    FROM comparison JOIN run ON run.id = comparison.run_id
    WHERE run.as_of < :period_end::timestamptz
), counted AS (
    SELECT run_id, entity,
        sum(finding_count) FILTER (WHERE state NOT IN ('resolved', 'accepted')) AS standing,
        sum(finding_count) FILTER (
            WHERE state NOT IN ('resolved', 'accepted') AND severity = 'error') AS errors,
        sum(finding_count) FILTER (WHERE state IN ('new', 'reopened')) AS found,
        sum(finding_count) FILTER (WHERE state = 'resolved') AS resolved,
        sum(at_stake_minor) FILTER (WHERE state NOT IN ('resolved', 'accepted')
            AND at_stake_currency = :currency) AS at_risk_minor
    FROM comparison_count
    GROUP BY run_id, entity
), night AS (
    SELECT DISTINCT night FROM compared WHERE as_of >= :period_start::timestamptz
), entity_span AS (
    SELECT DISTINCT entity FROM compared WHERE as_of >= :period_start::timestamptz
), standing AS (
    SELECT night.night, sum(counted.standing) AS standing, sum(counted.errors) AS errors,
        sum(counted.at_risk_minor) AS at_risk_minor
    FROM night CROSS JOIN entity_span
    CROSS JOIN LATERAL (
        SELECT run_id FROM compared
        WHERE compared.entity = entity_span.entity AND compared.night <= night.night
        ORDER BY run_id DESC LIMIT 1
    ) AS latest
    LEFT JOIN counted ON counted.run_id = latest.run_id AND counted.entity = entity_span.entity
    GROUP BY night.night
), flow AS (
    SELECT night, sum(found) AS found, sum(resolved) AS resolved
    FROM compared LEFT JOIN counted USING (run_id, entity)
    WHERE as_of >= :period_start::timestamptz
    GROUP BY night
)
SELECT night, coalesce(standing, 0)::bigint AS standing, coalesce(errors, 0)::bigint AS errors,
    coalesce(found, 0)::bigint AS found, coalesce(resolved, 0)::bigint AS resolved,
    coalesce(at_risk_minor, 0)::bigint AS at_risk_minor, :currency::text AS currency
FROM standing JOIN flow USING (night)
ORDER BY night
