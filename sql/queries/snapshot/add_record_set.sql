-- Makes an entity of a source known.
-- Parameters: $1 source, $2 entity.
INSERT INTO record_set (source_id, entity)
SELECT source.id, $2::text FROM source
WHERE source.name = $1
    AND NOT EXISTS (SELECT FROM record_set WHERE source_id = source.id AND entity = $2)
ON CONFLICT (source_id, entity) DO NOTHING
