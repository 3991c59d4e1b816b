-- How long the findings that stand at the end have stood.
-- Parameters: period_start, period_end, currency.
-- Grain: one row per band of age, empty bands too. Order: age.
-- Plan: index finding_standing, and finding_resolved for those resolved since the period's end.
WITH latest AS (
    SELECT DISTINCT ON (comparison.entity) comparison.entity, comparison.run_id, run.as_of
    FROM comparison JOIN run ON run.id = comparison.run_id
    WHERE run.as_of >= :period_start::timestamptz AND run.as_of < :period_end::timestamptz
    ORDER BY comparison.entity, comparison.run_id DESC
), standing AS (
    SELECT finding.entity, finding.severity, finding.opened_run_id, finding.at_stake_minor,
        finding.at_stake_currency
    FROM finding
    JOIN latest ON latest.entity = finding.entity AND finding.opened_run_id <= latest.run_id
    WHERE finding.state <> 'resolved' AND NOT finding.is_accepted
    UNION ALL
    SELECT finding.entity, finding.severity, finding.opened_run_id, finding.at_stake_minor,
        finding.at_stake_currency
    FROM finding
    JOIN latest ON latest.entity = finding.entity AND finding.opened_run_id <= latest.run_id
        AND finding.resolved_run_id > latest.run_id
    WHERE finding.resolved_run_id > (SELECT min(run_id) FROM latest)
), aged AS (
    SELECT standing.severity, latest.as_of - opened.as_of AS age,
        CASE WHEN at_stake_currency = :currency THEN at_stake_minor END AS at_stake_minor
    FROM standing
    JOIN latest ON latest.entity = standing.entity
    JOIN run AS opened ON opened.id = standing.opened_run_id
)
SELECT band.name AS band, count(aged.severity)::bigint AS standing,
    count(*) FILTER (WHERE severity = 'error')::bigint AS errors,
    coalesce(sum(at_stake_minor), 0)::bigint AS at_risk_minor, :currency::text AS currency
FROM (VALUES (1, 'night', interval '0', interval '20 hours'),
    (2, 'week', interval '20 hours', interval '7 days'),
    (3, 'month', interval '7 days', interval '30 days'),
    (4, 'quarter', interval '30 days', interval '90 days'),
    (5, 'older', interval '90 days', interval '1000 years')) AS band (place, name, low, high)
LEFT JOIN aged ON aged.age >= band.low AND aged.age < band.high
GROUP BY band.place, band.name
ORDER BY band.place
