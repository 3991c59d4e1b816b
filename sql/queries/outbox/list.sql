-- Messages of a run and how they stand.
-- Parameters: $1 run. Grain: one row per message. Order: number.
SELECT id, idempotency_key, topic, channel, personal_recipient, message_id, state, attempts, failures,
    enqueued_at, next_attempt_at, sent_at, error
FROM outbox WHERE run_id = $1
ORDER BY id
