-- Adds a verdict.
-- Parameters: $1 entity, $2 decision, $3 side of both records (NULL: a left and a right one), $4 left or
-- first id, $5 right or second id, $6 fingerprint, $7 person, $8 comment.
-- Grain: one row, its number.
INSERT INTO verdict (
    entity, decision, side, left_id, right_id, fingerprint, personal_person, personal_comment)
VALUES ($1, $2, $3, $4, $5, $6::uuid, $7, $8)
RETURNING id
