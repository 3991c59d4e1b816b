-- What the open findings of an entity are, those of the last comparison first.
-- Parameters: $1 entity (NULL: all; as a pattern), $2 kind (NULL: all), $3 currency (NULL: any),
-- $4 only those that the last comparison opened, $5 how many.
-- Grain: one row per entity, kind, field and reason. Order: the most money, then the most.
-- Money is of one currency, that of most findings: amounts of several have no sum.
WITH listed AS (
    SELECT finding.entity, finding.kind, finding.field, finding.reason, at_stake_minor,
        at_stake_currency
    FROM finding
    JOIN (SELECT entity, max(run_id) AS run_id FROM comparison GROUP BY entity) AS latest
        ON latest.entity = finding.entity
    WHERE finding.state = 'open' AND ($1::text IS NULL OR finding.entity LIKE $1)
        AND ($2::text IS NULL OR finding.kind LIKE $2)
        AND ($3::text IS NULL OR at_stake_currency IS NULL OR at_stake_currency = $3)
        AND (NOT $4::boolean OR finding.opened_run_id = latest.run_id)
), amount AS (
    SELECT DISTINCT ON (entity, kind, field, reason) entity, kind, field, reason,
        sum(at_stake_minor)::bigint AS at_stake_minor, at_stake_currency AS currency
    FROM listed WHERE at_stake_currency IS NOT NULL
    GROUP BY entity, kind, field, reason, at_stake_currency
    ORDER BY entity, kind, field, reason, count(*) DESC, at_stake_currency
)
SELECT cause.entity, cause.kind, cause.field, cause.reason, cause.value, amount.at_stake_minor,
    amount.currency
FROM (
    SELECT entity, kind, field, reason, count(*) AS value FROM listed
    GROUP BY entity, kind, field, reason) AS cause
LEFT JOIN amount ON amount.entity = cause.entity AND amount.kind = cause.kind
    AND amount.field IS NOT DISTINCT FROM cause.field AND amount.reason = cause.reason
ORDER BY coalesce(amount.at_stake_minor, 0) DESC, cause.value DESC, cause.entity, cause.kind,
    cause.field, cause.reason
LIMIT $5
