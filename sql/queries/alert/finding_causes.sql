-- What the open findings of an entity are, those of the last comparison first.
-- Parameters: $1 entity (NULL: all; as a pattern), $2 kind (NULL: all), $3 currency (NULL: any),
-- $4 only those that the last comparison opened, $5 how many.
-- Grain: one row per entity, kind, field and reason. Order: the most money, then the most.
SELECT finding.entity, finding.kind, finding.field, finding.reason, count(*) AS value,
    sum(at_stake_minor)::bigint AS at_stake_minor, max(at_stake_currency) AS currency
FROM finding
JOIN (SELECT entity, max(run_id) AS run_id FROM comparison GROUP BY entity) AS latest
    ON latest.entity = finding.entity
WHERE finding.state = 'open' AND ($1::text IS NULL OR finding.entity LIKE $1)
    AND ($2::text IS NULL OR finding.kind LIKE $2)
    AND ($3::text IS NULL OR at_stake_currency IS NULL OR at_stake_currency = $3)
    AND (NOT $4::boolean OR finding.opened_run_id = latest.run_id)
GROUP BY finding.entity, finding.kind, finding.field, finding.reason
ORDER BY coalesce(sum(at_stake_minor), 0) DESC, count(*) DESC, finding.entity, finding.kind,
    finding.field, finding.reason
LIMIT $5
