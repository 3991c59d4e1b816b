-- Messages in some states, the latest first.
-- Parameters: $1 states, $2 channel, NULL for all, $3 how many.
-- Grain: one row per message. Order: number, descending.
SELECT id, idempotency_key, topic, channel, personal_recipient, message_id, state, attempts, failures,
    enqueued_at, next_attempt_at, sent_at, error
FROM outbox WHERE state = ANY ($1::text[]) AND ($2::text IS NULL OR channel = $2)
ORDER BY id DESC LIMIT $3
