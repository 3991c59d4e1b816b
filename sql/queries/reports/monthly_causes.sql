-- Top causes: what the findings of the period have in common.
-- Parameters: period_start, period_end, currency, top.
-- Grain: one row per entity, kind, field and reason, the first so many. Order: money at risk, then how
-- many stand, then how many came.
-- Plan: indexes finding_standing, finding_opened and finding_resolved.
WITH latest AS (
    SELECT DISTINCT ON (comparison.entity) comparison.entity, comparison.run_id
    FROM comparison JOIN run ON run.id = comparison.run_id
    WHERE run.as_of >= :period_start::timestamptz AND run.as_of < :period_end::timestamptz
    ORDER BY comparison.entity, comparison.run_id DESC
), period_run AS MATERIALIZED (
    SELECT id FROM run
    WHERE as_of >= :period_start::timestamptz AND as_of < :period_end::timestamptz
), concerned AS (
    SELECT finding.entity, kind, field, reason, is_accepted, at_stake_minor, at_stake_currency,
        opened_run_id, resolved_run_id
    FROM finding WHERE state <> 'resolved'
    UNION ALL
    SELECT finding.entity, kind, field, reason, is_accepted, at_stake_minor, at_stake_currency,
        opened_run_id, resolved_run_id
    FROM finding WHERE resolved_run_id >= (SELECT min(id) FROM period_run)
)
SELECT entity, kind, field, reason,
    count(*) FILTER (WHERE is_standing)::bigint AS standing,
    count(*) FILTER (WHERE is_opened)::bigint AS opened,
    count(*) FILTER (WHERE is_resolved)::bigint AS resolved,
    coalesce(sum(at_stake_minor) FILTER (WHERE is_standing AND at_stake_currency = :currency), 0)::bigint
        AS at_risk_minor, :currency::text AS currency
FROM concerned
JOIN latest USING (entity)
CROSS JOIN LATERAL (SELECT
    opened_run_id <= run_id AND NOT is_accepted
        AND (resolved_run_id IS NULL OR resolved_run_id > run_id) AS is_standing,
    opened_run_id IN (SELECT id FROM period_run) AS is_opened,
    coalesce(resolved_run_id IN (SELECT id FROM period_run), false) AS is_resolved) AS role
GROUP BY entity, kind, field, reason
HAVING bool_or(is_standing OR is_opened OR is_resolved)
ORDER BY at_risk_minor DESC, standing DESC, opened DESC, entity, kind, field, reason
LIMIT :top::integer
