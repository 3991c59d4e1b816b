-- A run, and how long it is since the job last succeeded.
-- Parameters: :run_id. Grain: at most one row. failed_stages: to be compared with the stages listed.
SELECT run.id AS number, run.job, run.state, run.started_at, run.finished_at,
    (extract(epoch FROM run.finished_at - run.started_at) * 1000)::bigint AS duration,
    run.error, run.engine, run.holder, good.finished_at AS last_success_at,
    CASE WHEN good.id IS NULL THEN 'never_succeeded' END AS thin_last_success_at,
    (SELECT count(*) FROM run AS bad
     WHERE bad.job = run.job AND bad.id <= run.id AND bad.state IN ('failed', 'abandoned')
        AND bad.id > coalesce(good.id, 0)) AS failures_in_a_row,
    (SELECT count(*) FROM run_stage
     WHERE run_stage.run_id = run.id AND run_stage.state = 'failed') AS failed_stages
FROM run
LEFT JOIN LATERAL (
    SELECT earlier.id, earlier.finished_at FROM run AS earlier
    WHERE earlier.job = run.job AND earlier.id < run.id
        AND earlier.state IN ('succeeded', 'incomplete')
    ORDER BY earlier.id DESC LIMIT 1
) AS good ON true
WHERE run.id = :run_id::bigint
