-- What a run compared, and which run compared the entity before.
-- Parameters: $1 run, $2 entity. Grain: at most one row.
SELECT left_snapshot_id, right_snapshot_id, compared_at,
    (SELECT max(run_id) FROM comparison AS earlier
     WHERE earlier.entity = $2 AND earlier.run_id < $1) AS previous_run_id
FROM comparison WHERE run_id = $1 AND entity = $2
