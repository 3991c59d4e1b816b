-- What the open findings of an entity are, those of the last comparison first.
-- Parameters: $1 entity (NULL: all; as a pattern), $2 kind (NULL: all), $3 currency (NULL: any),
-- $4 only those that the last comparison opened, $5 how many.
-- Grain: one row per entity, kind, field and reason. Order: the most money, then the most.
-- Money is that of the currency in which most of them are; sums of several currencies mean nothing.
WITH counted AS (
    SELECT finding.entity, finding.kind, finding.field, finding.reason,
        finding.at_stake_currency AS currency, count(*) AS finding_count,
        sum(finding.at_stake_minor) AS at_stake_minor
    FROM finding
    JOIN (SELECT entity, max(run_id) AS run_id FROM comparison GROUP BY entity) AS latest
        ON latest.entity = finding.entity
    WHERE finding.state = 'open' AND ($1::text IS NULL OR finding.entity LIKE $1)
        AND ($2::text IS NULL OR finding.kind LIKE $2)
        AND ($3::text IS NULL OR at_stake_currency IS NULL OR at_stake_currency = $3)
        AND (NOT $4::boolean OR finding.opened_run_id = latest.run_id)
    GROUP BY finding.entity, finding.kind, finding.field, finding.reason, finding.at_stake_currency
), summed AS (
    SELECT entity, kind, field, reason, sum(finding_count)::bigint AS value,
        (array_agg(at_stake_minor ORDER BY finding_count DESC, currency)
            FILTER (WHERE currency IS NOT NULL))[1]::bigint AS at_stake_minor,
        (array_agg(currency ORDER BY finding_count DESC, currency)
            FILTER (WHERE currency IS NOT NULL))[1] AS currency
    FROM counted
    GROUP BY entity, kind, field, reason
)
SELECT entity, kind, field, reason, value, at_stake_minor, currency
FROM summed
ORDER BY coalesce(at_stake_minor, 0) DESC, value DESC, entity, kind, field, reason
LIMIT $5
