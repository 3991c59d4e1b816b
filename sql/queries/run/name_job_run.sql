-- Names the run for which a job's lock is held.
-- Parameters: $1 job, $2 run.
UPDATE job_lock SET run_id = $2 WHERE job = $1
