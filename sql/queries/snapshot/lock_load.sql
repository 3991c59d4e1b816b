-- Holds a load and its record set until the end of the transaction.
-- Parameters: $1 load. Grain: one row, none when the load was superseded.
SELECT snapshot_load.id,
    record_set.last_snapshot_id IS NOT DISTINCT FROM snapshot_load.base_snapshot_id AS is_current
FROM snapshot_load
JOIN record_set ON record_set.id = snapshot_load.record_set_id
WHERE snapshot_load.id = $1
FOR UPDATE
