-- Readings of the last ended night that failed, and the journal where it could not be read whole last,
-- with what was the matter.
-- Grain: one row per source and entity. Order: the same.
SELECT source, entity, max(error) AS error
FROM (
    SELECT regexp_replace(stage.name, '^collect (.*) \S+$', '\1') AS source,
        regexp_replace(stage.name, '^.* ', '') AS entity, stage.error
    FROM run_stage AS stage
    WHERE stage.run_id = (
            SELECT max(id) FROM run WHERE job = 'nightly' AND state <> 'running')
        AND stage.state = 'failed' AND stage.name LIKE 'collect %'
    UNION ALL
    -- Of files a stage reads those that it can; a list that a system keeps is collected as at night.
    SELECT regexp_replace(stage.name, '^read |^collect (.*) \S+$', '\1') AS source,
        'operation' AS entity, coalesce(stage.error, run.error) AS error
    FROM run_stage AS stage
    JOIN run ON run.id = stage.run_id
    WHERE run.id = (SELECT max(id) FROM run WHERE job = 'journal' AND state <> 'running')
        AND run.state = 'incomplete'
        AND (stage.name LIKE 'read %' OR stage.state = 'failed' AND stage.name LIKE 'collect %')
    ) AS failed
GROUP BY source, entity
ORDER BY source, entity
