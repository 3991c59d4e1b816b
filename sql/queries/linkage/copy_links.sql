-- The links that stand. Parameter: sverka.entity.
-- Grain: one row per pair. Order: by the bytes of the ids.
COPY (
    SELECT left_id, right_id, reason, detail, probability, weight_bits, is_assigned
    FROM link_version
    WHERE entity = current_setting('sverka.entity') AND valid_to IS NULL
    ORDER BY left_id, right_id
) TO STDOUT (FORMAT binary)
