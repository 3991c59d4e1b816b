-- One snapshot.
-- Parameters: $1 snapshot. Grain: at most one row.
SELECT snapshot.id, source.name AS source, record_set.entity, snapshot.run_id, snapshot.taken_at,
    snapshot.certificate, snapshot.record_count, snapshot.added_count, snapshot.changed_count,
    snapshot.removed_count, snapshot.content_checksum
FROM snapshot
JOIN record_set ON record_set.id = snapshot.record_set_id
JOIN source ON source.id = record_set.source_id
WHERE snapshot.id = $1
