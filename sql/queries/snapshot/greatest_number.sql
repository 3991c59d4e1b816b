-- The greatest number among the ids of the records that stand; ids that are no numbers do not count.
-- Parameters: $1 source, $2 entity. Grain: one row. Plan: the index of standing versions.
SELECT max(version.record_id::bigint) AS number
FROM source
JOIN record_set ON record_set.source_id = source.id
JOIN record_version AS version
    ON version.record_set_id = record_set.id AND version.valid_to IS NULL
    AND version.record_id ~ '^[1-9][0-9]{0,17}$'
WHERE source.name = $1 AND record_set.entity = $2
