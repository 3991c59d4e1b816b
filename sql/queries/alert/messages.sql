-- When messages about alerts were written.
-- Parameters: $1 since. Grain: one row per message. Order: time.
SELECT written_at FROM alert_message WHERE written_at > $1 ORDER BY written_at
