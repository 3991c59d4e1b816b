-- Notes that a message about alerts was written.
-- Parameters: $1 when, $2 of how many alerts it tells. Grain: one row, its number.
INSERT INTO alert_message (written_at, alert_count) VALUES ($1, $2)
RETURNING id
