-- Silences that are in force.
-- Parameters: $1 now. Grain: one row per silence. Order: number.
SELECT id, rule, labels, created_at, expires_at, personal_person, personal_comment
FROM alert_silence WHERE expires_at > $1
ORDER BY id
