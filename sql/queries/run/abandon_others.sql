-- Gives up the runs of a job that nobody finished, except one.
-- Parameters: $1 job, $2 run that goes on.
UPDATE run SET state = 'abandoned', finished_at = now()
WHERE job = $1 AND state = 'running' AND id <> $2
