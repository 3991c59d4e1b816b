-- The latest operations that failed in a span of time, one per object.
-- Parameters: as of error_causes. Grain: one row per object. Order: the latest first.
SELECT * FROM (
    SELECT DISTINCT ON (object_kind, object_id) object_kind, object_id, source_system, target_system,
        occurred_at, error_type
    FROM journal_entry
    WHERE is_error AND occurred_at >= $1 AND occurred_at < $2
        AND ($3::text IS NULL OR error_type LIKE $3) AND ($4::text IS NULL OR object_kind LIKE $4)
        AND ($5::text IS NULL OR source_system LIKE $5)
        AND ($6::text IS NULL OR target_system LIKE $6)
    ORDER BY object_kind, object_id, occurred_at DESC) AS latest
ORDER BY occurred_at DESC, object_kind, object_id LIMIT $7
