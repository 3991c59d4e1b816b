-- One message.
-- Parameters: $1 message. Grain: at most one row.
SELECT id, idempotency_key, topic, channel, personal_recipient, message_id, state, attempts, failures,
    enqueued_at, next_attempt_at, sent_at, error,
    (SELECT personal_content FROM outbox_content WHERE hash = content_hash) AS personal_content
FROM outbox WHERE id = $1
