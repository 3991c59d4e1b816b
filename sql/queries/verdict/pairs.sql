-- The last verdict about each pair of an entity; those that were taken back are left out.
-- Parameters: $1 entity. Grain: one row per pair. Order: as they were decided.
SELECT side, left_id, right_id, decision
FROM (
    SELECT DISTINCT ON (side, left_id COLLATE "C", right_id COLLATE "C")
        id, side, left_id, right_id, decision
    FROM verdict WHERE entity = $1 AND left_id IS NOT NULL
    ORDER BY side, left_id COLLATE "C", right_id COLLATE "C", id DESC
) AS latest
WHERE decision <> 'undecided'
ORDER BY id
