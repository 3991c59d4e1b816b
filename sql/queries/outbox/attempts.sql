-- What became of the tries to send a message.
-- Parameters: $1 message. Grain: one row per try or decision. Order: time.
SELECT attempt, at, outcome, code, detail
FROM outbox_attempt WHERE outbox_id = $1
ORDER BY at, attempt
