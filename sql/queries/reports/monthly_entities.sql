-- The period by entity: quality, findings, money, duplicates.
-- Parameters: period_start, period_end, currency.
-- Grain: one row per entity compared in the period. Order: quality, the worst first.
-- Quality is defined as in monthly_overview.
WITH compared AS (
    SELECT comparison.run_id, comparison.entity, left_snapshot.record_count AS left_records,
        right_snapshot.record_count AS right_records
    FROM comparison
    JOIN run ON run.id = comparison.run_id
    JOIN snapshot AS left_snapshot ON left_snapshot.id = comparison.left_snapshot_id
    JOIN snapshot AS right_snapshot ON right_snapshot.id = comparison.right_snapshot_id
    WHERE run.as_of >= :period_start::timestamptz AND run.as_of < :period_end::timestamptz
), latest AS (
    SELECT DISTINCT ON (entity) run_id, entity, left_records, right_records,
        greatest(left_records, right_records) AS records
    FROM compared ORDER BY entity, run_id DESC
), standing AS (
    SELECT entity,
        coalesce(sum(finding_count) FILTER (WHERE state <> 'accepted' AND severity = 'error'), 0)
            AS errors,
        coalesce(sum(finding_count) FILTER (WHERE state <> 'accepted' AND severity = 'warning'), 0)
            AS warnings,
        coalesce(sum(finding_count) FILTER (WHERE state <> 'accepted' AND severity = 'info'), 0)
            AS notes,
        coalesce(sum(at_stake_minor) FILTER (
            WHERE state <> 'accepted' AND at_stake_currency = :currency), 0) AS at_risk_minor
    FROM latest LEFT JOIN comparison_count USING (run_id, entity)
    WHERE state IS DISTINCT FROM 'resolved'
    GROUP BY entity
), flow AS (
    SELECT entity, coalesce(sum(finding_count) FILTER (WHERE state = 'new'), 0) AS opened,
        coalesce(sum(finding_count) FILTER (WHERE state = 'reopened'), 0) AS reopened,
        coalesce(sum(finding_count) FILTER (WHERE state = 'resolved'), 0) AS resolved,
        coalesce(sum(at_stake_minor) FILTER (
            WHERE state = 'resolved' AND at_stake_currency = :currency), 0) AS cleared_minor
    FROM compared LEFT JOIN comparison_count USING (run_id, entity)
    GROUP BY entity
)
SELECT entity, left_records::bigint, right_records::bigint,
    CASE WHEN records > 0 THEN round(greatest(0, 1 - (2 * coalesce(errors, 0)
        + coalesce(warnings, 0)) / (2.0 * records)), 4) END AS quality,
    CASE WHEN records = 0 THEN 'no_records' END AS thin_quality,
    coalesce(errors, 0)::bigint AS errors, coalesce(warnings, 0)::bigint AS warnings,
    coalesce(notes, 0)::bigint AS notes,
    coalesce(errors + warnings + notes, 0)::bigint AS standing, opened::bigint, reopened::bigint,
    resolved::bigint, coalesce(at_risk_minor, 0)::bigint AS at_risk_minor, cleared_minor::bigint,
    :currency::text AS currency
FROM latest
JOIN flow USING (entity)
LEFT JOIN standing USING (entity)
ORDER BY quality NULLS LAST, entity
