-- What records are called: the first of some fields that they have.
-- Parameters: $1 source, $2 entity, $3 ids, $4 names of fields. Grain: one row per record that has one.
-- Plan: index record_version_current.
SELECT version.record_id, title.personal_title
FROM source
JOIN record_set ON record_set.source_id = source.id AND record_set.entity = $2
JOIN record_version AS version
    ON version.record_set_id = record_set.id AND version.record_id = ANY($3::text[])
    AND version.valid_to IS NULL
CROSS JOIN LATERAL (
    SELECT coalesce(version.personal_fields ->> name, version.fields ->> name) AS personal_title
    FROM unnest($4::text[]) WITH ORDINALITY AS field (name, place)
    WHERE coalesce(version.personal_fields ->> name, version.fields ->> name) <> ''
    ORDER BY place LIMIT 1
) AS title
WHERE source.name = $1
