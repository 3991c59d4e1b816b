-- Ends the links that the run no longer has, or has otherwise.
-- Parameters: $1 entity, $2 run.
UPDATE link_version SET valid_to = $2
WHERE entity = $1 AND valid_to IS NULL
    AND NOT EXISTS (
        SELECT FROM staging_link AS staged
        WHERE staged.left_id = link_version.left_id AND staged.right_id = link_version.right_id
            AND staged.reason = link_version.reason AND staged.detail = link_version.detail
            AND staged.probability = link_version.probability
            AND staged.weight_bits = link_version.weight_bits
            AND staged.is_assigned = link_version.is_assigned)
