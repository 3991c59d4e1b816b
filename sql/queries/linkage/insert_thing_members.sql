-- Adds the records that joined a thing.
-- Parameters: $1 entity, $2 run.
INSERT INTO thing_member (entity, side, record_id, thing_id, valid_from)
SELECT $1::text, side, record_id, thing_id, $2::bigint
FROM staging_thing_member AS staged
WHERE NOT EXISTS (
    SELECT FROM thing_member AS standing
    WHERE standing.entity = $1 AND standing.valid_to IS NULL
        AND standing.side = staged.side AND standing.record_id = staged.record_id)
