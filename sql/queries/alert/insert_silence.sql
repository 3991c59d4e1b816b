-- Silences alerts for a time.
-- Parameters: $1 rule, $2 labels, $3 created at, $4 expires at, $5 person, $6 comment.
-- Grain: one row, its number.
INSERT INTO alert_silence (rule, labels, created_at, expires_at, personal_person, personal_comment)
VALUES ($1, $2, $3, $4, $5, $6)
RETURNING id
