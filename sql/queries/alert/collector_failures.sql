-- Readings of the last ended night that failed.
-- Grain: one row per source and entity. Order: the same.
SELECT regexp_replace(stage.name, '^collect (.*) \S+$', '\1') AS source,
    regexp_replace(stage.name, '^.* ', '') AS entity
FROM run_stage AS stage
WHERE stage.run_id = (
        SELECT max(id) FROM run WHERE job = 'nightly' AND state <> 'running')
    AND stage.state = 'failed' AND stage.name LIKE 'collect %'
ORDER BY source, entity
