-- Last snapshots that are in doubt, with their certificates, which say why.
-- Grain: one row per source and entity. Order: the same.
SELECT source.name AS source, record_set.entity, snapshot.certificate
FROM record_set
JOIN source ON source.id = record_set.source_id
JOIN snapshot ON snapshot.id = record_set.last_snapshot_id
WHERE NOT snapshot.is_certified
ORDER BY source, entity
