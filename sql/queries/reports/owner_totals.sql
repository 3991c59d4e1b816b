-- How many findings each owner has, how many are new, how many were resolved in the period.
-- Parameters: :period_start, :period_end.
-- Grain: one row per owner. Order: findings that stand, descending, then owner.
SELECT coalesce(lower(owner.personal_email), owner.personal_name) AS owner_key,
    max(owner.personal_name) AS owner, max(owner.personal_email) AS owner_email,
    count(*) AS listed, count(*) FILTER (WHERE finding.state = 'open') AS standing,
    count(*) FILTER (WHERE finding.state = 'open' AND opened.as_of >= :period_start::timestamptz)
        AS opened,
    count(*) FILTER (WHERE finding.state = 'resolved') AS resolved,
    count(*) FILTER (WHERE finding.state = 'open' AND finding.severity = 'error') AS errors,
    (sum(finding.at_stake_minor) FILTER (WHERE finding.state = 'open'
        AND finding.at_stake_currency = 'RUB'))::bigint AS at_stake,
    max(greatest(0, extract(day FROM :period_end::timestamptz - first_run.as_of))::bigint)
        FILTER (WHERE finding.state = 'open') AS oldest_days
FROM finding_current AS finding
JOIN finding_owner AS owner ON owner.fingerprint = finding.fingerprint
JOIN run AS first_run ON first_run.id = finding.first_run_id
JOIN run AS opened ON opened.id = finding.opened_run_id
LEFT JOIN run AS resolved ON resolved.id = finding.resolved_run_id
WHERE finding.state = 'open'
    OR (finding.state = 'resolved' AND resolved.as_of >= :period_start::timestamptz
        AND resolved.as_of < :period_end::timestamptz)
GROUP BY 1
ORDER BY standing DESC, owner_key
