-- The last run of a job, if it died: nobody finished it, and it is not too old to go on with.
-- Parameters: $1 job, $2 parameters, $3 greatest age in seconds. Grain: at most one row.
SELECT id FROM (SELECT * FROM run WHERE job = $1 ORDER BY id DESC LIMIT 1) AS latest
WHERE state = 'running' AND parameters = $2
    AND coalesce(resumed_at, started_at) >= now() - make_interval(secs => $3::double precision)
