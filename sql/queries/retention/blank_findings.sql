-- Blanks the personal data of findings that were resolved long ago.
-- Parameters: $1 seconds.
UPDATE finding SET personal_title = '', personal_left_value = NULL, personal_right_value = NULL
FROM run
WHERE finding.resolved_run_id = run.id
    AND run.started_at < now() - make_interval(secs => $1::double precision)
    AND (personal_title <> '' OR personal_left_value IS NOT NULL
        OR personal_right_value IS NOT NULL)
