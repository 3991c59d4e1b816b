-- The pairs that a person should look at. Parameters: $1 entity.
-- Grain: one row per pair. Order: by the bytes of the ids. Plan: the primary key.
SELECT left_id, right_id, doubt, reason, detail, probability, weight_bits
FROM review_pair WHERE entity = $1 ORDER BY left_id, right_id
