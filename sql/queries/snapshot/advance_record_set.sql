-- Makes a snapshot the last one of its record set.
-- Parameters: $1 record set, $2 snapshot, $3 certified.
UPDATE record_set
SET last_snapshot_id = $2,
    last_certified_snapshot_id = CASE WHEN $3 THEN $2 ELSE last_certified_snapshot_id END
WHERE id = $1::smallint
