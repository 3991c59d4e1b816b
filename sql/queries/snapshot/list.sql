-- Snapshots, the latest first.
-- Parameters, NULL for all: $1 source, $2 entity, $3 run; $4 how many.
-- Grain: one row per snapshot. Order: number, descending.
SELECT snapshot.id, source.name AS source, record_set.entity, snapshot.run_id, snapshot.taken_at,
    snapshot.certificate, snapshot.record_count, snapshot.added_count, snapshot.changed_count,
    snapshot.removed_count, snapshot.content_checksum
FROM snapshot
JOIN record_set ON record_set.id = snapshot.record_set_id
JOIN source ON source.id = record_set.source_id
WHERE ($1::text IS NULL OR source.name = $1)
    AND ($2::text IS NULL OR record_set.entity = $2)
    AND ($3::bigint IS NULL OR snapshot.run_id = $3)
ORDER BY snapshot.id DESC LIMIT $4
