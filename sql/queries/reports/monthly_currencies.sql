-- Money by currency, where there is another than the report's; none of it is added up.
-- Parameters: period_start, period_end, currency.
-- Grain: one row per currency of a finding that stands at the end or was resolved in the period; no row
-- where there is but the report's. Order: the report's first, then by code.
-- Plan: comparison_count by run, as monthly_overview.
WITH compared AS (
    SELECT comparison.run_id, comparison.entity
    FROM comparison JOIN run ON run.id = comparison.run_id
    WHERE run.as_of >= :period_start::timestamptz AND run.as_of < :period_end::timestamptz
), latest AS (
    SELECT entity, max(run_id) AS run_id FROM compared GROUP BY entity
), counted AS (
    SELECT at_stake_currency AS currency, finding_count, at_stake_minor, state = 'resolved' AS went,
        latest.run_id IS NOT NULL AND state NOT IN ('resolved', 'accepted') AS stands
    FROM compared
    JOIN comparison_count USING (run_id, entity)
    LEFT JOIN latest USING (run_id, entity)
    WHERE at_stake_currency <> ''
), told AS (
    SELECT currency, coalesce(sum(finding_count) FILTER (WHERE stands), 0)::bigint AS standing,
        coalesce(sum(at_stake_minor) FILTER (WHERE stands), 0)::bigint AS at_risk_minor,
        coalesce(sum(finding_count) FILTER (WHERE went), 0)::bigint AS resolved,
        coalesce(sum(at_stake_minor) FILTER (WHERE went), 0)::bigint AS cleared_minor
    FROM counted
    WHERE stands OR went
    GROUP BY currency
)
SELECT currency, standing, at_risk_minor, resolved, cleared_minor
FROM told
WHERE EXISTS (SELECT FROM told AS other WHERE other.currency <> :currency::text)
ORDER BY currency <> :currency::text, currency
