-- An entity of a source, and how many records its last certified snapshot stands for.
-- Parameters: $1 source, $2 entity. Grain: at most one row.
SELECT record_set.id, record_set.last_snapshot_id, certified.record_count AS certified_count
FROM record_set
JOIN source ON source.id = record_set.source_id
LEFT JOIN snapshot AS certified ON certified.id = record_set.last_certified_snapshot_id
WHERE source.name = $1 AND record_set.entity = $2
