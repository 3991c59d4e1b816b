-- Names the process that took a job's advisory lock.
-- Parameters: $1 job, $2 holder.
INSERT INTO job_lock (job, holder) VALUES ($1, $2)
ON CONFLICT (job) DO UPDATE SET run_id = NULL, holder = excluded.holder, taken_at = now()
