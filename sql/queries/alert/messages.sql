-- When messages about alerts were written, and to whom.
-- Parameters: $1 since. Grain: one row per message and person. Order: time.
SELECT written_at, person FROM alert_message WHERE written_at > $1 ORDER BY written_at, id
