-- Keeps the model of a run, unless it is the one that was kept last.
-- Parameters: $1 entity, $2 run, $3 key, $4 model.
INSERT INTO linkage_model (entity, run_id, key, model)
SELECT $1::text, $2::bigint, $3::text, $4::jsonb
WHERE NOT EXISTS (
    SELECT FROM linkage_model AS last
    WHERE last.id = (SELECT max(id) FROM linkage_model WHERE entity = $1)
        AND last.key = $3 AND last.model = $4::jsonb)
