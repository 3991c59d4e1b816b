-- What failed in a span of time, with the money at stake in open findings about the same things.
-- Parameters: $1 beginning, $2 end, $3 error type (NULL: any; as a pattern), $4 kind of object,
-- $5 from, $6 to (NULL: any), $7 how many. Grain: one row per error type and shape.
-- Order: the most first.
WITH failed AS (
    SELECT error_type, error_shape, object_kind, object_id
    FROM journal_entry
    WHERE is_error AND occurred_at >= $1 AND occurred_at < $2
        AND ($3::text IS NULL OR error_type LIKE $3) AND ($4::text IS NULL OR object_kind LIKE $4)
        AND ($5::text IS NULL OR source_system LIKE $5)
        AND ($6::text IS NULL OR target_system LIKE $6)
), concerned AS (
    SELECT entity, record_id, currency, sum(at_stake_minor) AS at_stake_minor
    FROM (
        SELECT entity, unnest(left_ids || right_ids) AS record_id, at_stake_minor,
            at_stake_currency AS currency
        FROM finding WHERE state = 'open' AND at_stake_minor IS NOT NULL) AS standing
    GROUP BY entity, record_id, currency
), touched AS (
    SELECT error_type, error_shape, concerned.currency,
        sum(concerned.at_stake_minor) AS at_stake_minor
    FROM (SELECT DISTINCT error_type, error_shape, object_kind, object_id FROM failed) AS thing
    JOIN concerned ON concerned.entity = thing.object_kind AND concerned.record_id = thing.object_id
    GROUP BY error_type, error_shape, concerned.currency
)
SELECT cause.error_type, cause.error_shape, cause.value, touched.at_stake_minor::bigint,
    touched.currency
FROM (
    SELECT error_type, coalesce(error_shape, '') AS error_shape, count(*) AS value
    FROM failed GROUP BY error_type, coalesce(error_shape, '')) AS cause
LEFT JOIN LATERAL (
    SELECT at_stake_minor, currency FROM touched
    WHERE touched.error_type = cause.error_type
        AND coalesce(touched.error_shape, '') = cause.error_shape
    ORDER BY at_stake_minor DESC LIMIT 1) AS touched ON true
ORDER BY cause.value DESC, cause.error_type, cause.error_shape LIMIT $7
