-- Adds a verdict.
-- Parameters: $1 entity, $2 decision, $3 left id, $4 right id, $5 fingerprint, $6 person, $7 comment.
-- Grain: one row, its number.
INSERT INTO verdict (
    entity, decision, left_id, right_id, fingerprint, personal_person, personal_comment)
VALUES ($1, $2, $3, $4, $5::uuid, $6, $7)
RETURNING id
