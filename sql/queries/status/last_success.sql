-- When the last run of a job that succeeded ended.
-- Parameters: $1 job. Grain: one row.
SELECT max(finished_at) AS finished_at
FROM run WHERE job = $1 AND state IN ('succeeded', 'incomplete')
