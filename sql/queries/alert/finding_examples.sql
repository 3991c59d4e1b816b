-- Open findings of an entity, those with the most money first.
-- Parameters: as of finding_causes. Grain: one row per finding. Order: money, severity, number.
SELECT finding.number, finding.entity, finding.kind, finding.field, finding.left_ids,
    finding.right_ids, at_stake_minor, at_stake_currency AS currency
FROM finding
JOIN (SELECT entity, max(run_id) AS run_id FROM comparison GROUP BY entity) AS latest
    ON latest.entity = finding.entity
WHERE finding.state = 'open' AND ($1::text IS NULL OR finding.entity LIKE $1)
    AND ($2::text IS NULL OR finding.kind LIKE $2)
    AND ($3::text IS NULL OR at_stake_currency IS NULL OR at_stake_currency = $3)
    AND (NOT $4::boolean OR finding.opened_run_id = latest.run_id)
ORDER BY coalesce(at_stake_minor, 0) DESC,
    CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, finding.number
LIMIT $5
