-- Forgets what a run counted, to count again.
-- Parameters: $1 run, $2 entity.
DELETE FROM comparison_count WHERE run_id = $1 AND entity = $2
