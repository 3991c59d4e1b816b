-- Adds the links that do not stand yet.
-- Parameters: $1 entity, $2 run.
INSERT INTO link_version (
    entity, left_id, right_id, reason, detail, probability, weight_bits, is_assigned, valid_from)
SELECT $1::text, left_id, right_id, reason, detail, probability, weight_bits, is_assigned, $2::bigint
FROM staging_link AS staged
WHERE NOT EXISTS (
    SELECT FROM link_version AS standing
    WHERE standing.entity = $1 AND standing.valid_to IS NULL
        AND standing.left_id = staged.left_id AND standing.right_id = staged.right_id)
