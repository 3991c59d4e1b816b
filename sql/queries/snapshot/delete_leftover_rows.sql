-- Empties what loads that died left behind.
-- Parameters: $1 record set.
DELETE FROM staging_record
WHERE load_id IN (SELECT id FROM snapshot_load WHERE record_set_id = $1)
