-- Says what a run compared.
-- Parameters: $1 run, $2 entity, $3 left snapshot, $4 right snapshot.
INSERT INTO comparison (run_id, entity, left_snapshot_id, right_snapshot_id)
VALUES ($1, $2, $3, $4)
ON CONFLICT (run_id, entity) DO UPDATE
SET left_snapshot_id = excluded.left_snapshot_id, right_snapshot_id = excluded.right_snapshot_id,
    compared_at = now()
