-- A record as it came.
-- Parameters: $1 snapshot, $2 record. Grain: at most one row.
SELECT version.personal_payload
FROM snapshot
JOIN record_version AS version
    ON version.record_set_id = snapshot.record_set_id AND version.valid_from <= snapshot.id
    AND (version.valid_to IS NULL OR version.valid_to > snapshot.id)
WHERE snapshot.id = $1 AND version.record_id = $2
