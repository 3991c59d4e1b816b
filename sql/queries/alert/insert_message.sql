-- Notes that a message about alerts was written to a person.
-- Parameters: $1 when, $2 of how many alerts it tells, $3 person. Grain: one row, its number.
INSERT INTO alert_message (written_at, alert_count, person) VALUES ($1, $2, $3)
RETURNING id
