-- The thing that a record belongs to.
-- Parameters: $1 entity, $2 side, $3 record. Grain: at most one row.
SELECT thing_id FROM thing_member
WHERE entity = $1 AND side = $2 AND record_id = $3 AND valid_to IS NULL
