-- Under which key an entity was linked last.
-- Parameters: $1 entity. Grain: at most one row.
SELECT run_id, key FROM linkage WHERE entity = $1 ORDER BY run_id DESC LIMIT 1
