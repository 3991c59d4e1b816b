-- Who took a job's lock last.
-- Parameters: $1 job. Grain: at most one row.
SELECT run_id, holder, taken_at FROM job_lock WHERE job = $1
