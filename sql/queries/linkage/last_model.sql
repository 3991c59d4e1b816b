-- The model by which an entity was linked last.
-- Parameters: $1 entity. Grain: at most one row.
SELECT key, model::text AS model FROM linkage_model WHERE entity = $1 ORDER BY id DESC LIMIT 1
