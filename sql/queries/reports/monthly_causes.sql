-- Top causes: what the findings of the period have in common.
-- Parameters: period_start, period_end, currency, top.
-- Grain: one row per entity, kind, field, reason and side to mend, the first so many. Order: money at risk, then how
-- many stand, then how many came.
-- Plan: indexes finding_standing and finding_resolved; grouped in memory.
WITH latest AS MATERIALIZED (
    SELECT DISTINCT ON (comparison.entity) comparison.entity, comparison.run_id
    FROM comparison JOIN run ON run.id = comparison.run_id
    WHERE run.as_of >= :period_start::timestamptz AND run.as_of < :period_end::timestamptz
    ORDER BY comparison.entity, comparison.run_id DESC
), period_run AS MATERIALIZED (
    SELECT id FROM run
    WHERE as_of >= :period_start::timestamptz AND as_of < :period_end::timestamptz
), concerned AS (
    SELECT entity, kind, field, reason, side, is_accepted, at_stake_minor, at_stake_currency,
        opened_run_id, resolved_run_id
    FROM finding WHERE state <> 'resolved'
    UNION ALL
    SELECT entity, kind, field, reason, side, is_accepted, at_stake_minor, at_stake_currency,
        opened_run_id, resolved_run_id
    FROM finding
    WHERE resolved_run_id IN (SELECT id FROM run WHERE id >= (SELECT min(id) FROM period_run))
), told AS (
    SELECT concerned.entity, kind, field, reason, side, at_stake_minor, at_stake_currency,
        opened_run_id <= run_id AND NOT is_accepted
            AND (resolved_run_id IS NULL OR resolved_run_id > run_id) AS is_standing,
        opened.id IS NOT NULL AS is_opened, resolved.id IS NOT NULL AS is_resolved
    FROM concerned
    JOIN latest USING (entity)
    LEFT JOIN period_run AS opened ON opened.id = opened_run_id
    LEFT JOIN period_run AS resolved ON resolved.id = resolved_run_id
)
SELECT entity, kind, field, reason, side,
    count(*) FILTER (WHERE is_standing) AS standing, count(*) FILTER (WHERE is_opened) AS opened,
    count(*) FILTER (WHERE is_resolved) AS resolved,
    coalesce(sum(at_stake_minor) FILTER (
        WHERE is_standing AND at_stake_currency = :currency::text), 0)::bigint AS at_risk_minor,
    :currency::text AS currency
FROM told
WHERE is_standing OR is_opened OR is_resolved
GROUP BY entity, kind, field, reason, side
ORDER BY at_risk_minor DESC, standing DESC, opened DESC, entity, kind, field, reason, side
LIMIT :top::integer
