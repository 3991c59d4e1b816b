-- Begins a load.
-- Parameters: $1 record set, $2 run, $3 the snapshot on which it builds. Grain: one row, its number.
INSERT INTO snapshot_load (record_set_id, run_id, base_snapshot_id)
VALUES ($1::smallint, $2, $3)
RETURNING id
