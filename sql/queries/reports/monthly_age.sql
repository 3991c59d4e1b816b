-- How long the findings that stand at the end have stood.
-- Parameters: period_start, period_end, currency.
-- Grain: one row per band of age, empty bands too. Order: age.
-- Plan: index finding_standing, and finding_resolved for those resolved since the period's end.
WITH latest AS MATERIALIZED (
    SELECT DISTINCT ON (comparison.entity) comparison.entity, comparison.run_id, run.as_of
    FROM comparison JOIN run ON run.id = comparison.run_id
    WHERE run.as_of >= :period_start::timestamptz AND run.as_of < :period_end::timestamptz
    ORDER BY comparison.entity, comparison.run_id DESC
), standing AS (
    SELECT entity, severity, opened_run_id, resolved_run_id, at_stake_minor, at_stake_currency
    FROM finding WHERE state <> 'resolved' AND NOT is_accepted
    UNION ALL
    -- By the list of runs, not by a bound, so that the index is taken.
    SELECT entity, severity, opened_run_id, resolved_run_id, at_stake_minor, at_stake_currency
    FROM finding
    WHERE resolved_run_id IN (
        SELECT id FROM run WHERE id > (SELECT min(run_id) FROM latest))
), aged AS (
    SELECT CASE WHEN latest.as_of - opened.as_of < interval '20 hours' THEN 1
            WHEN latest.as_of - opened.as_of < interval '7 days' THEN 2
            WHEN latest.as_of - opened.as_of < interval '30 days' THEN 3
            WHEN latest.as_of - opened.as_of < interval '90 days' THEN 4
            ELSE 5 END AS place,
        count(*) AS standing, count(*) FILTER (WHERE severity = 'error') AS errors,
        sum(at_stake_minor) FILTER (WHERE at_stake_currency = :currency::text) AS at_risk_minor
    FROM standing
    JOIN latest ON latest.entity = standing.entity AND standing.opened_run_id <= latest.run_id
        AND (standing.resolved_run_id IS NULL OR standing.resolved_run_id > latest.run_id)
    JOIN run AS opened ON opened.id = standing.opened_run_id
    GROUP BY 1
)
SELECT band.name AS band, coalesce(standing, 0)::bigint AS standing,
    coalesce(errors, 0)::bigint AS errors, coalesce(at_risk_minor, 0)::bigint AS at_risk_minor,
    :currency::text AS currency
FROM (VALUES (1, 'night'), (2, 'week'), (3, 'month'), (4, 'quarter'), (5, 'older'))
    AS band (place, name)
LEFT JOIN aged USING (place)
ORDER BY band.place
