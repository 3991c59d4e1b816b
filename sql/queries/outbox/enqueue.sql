-- Adds a message, unless its cause has added it already.
-- Parameters: $1 idempotency key, $2 run, $3 channel, $4 recipient, $5 Message-ID, $6 content,
-- $7 topic, $8 not before this time, NULL for at once.
WITH content AS (
    INSERT INTO outbox_content (hash, personal_content)
    SELECT sha256($6::bytea), $6::bytea
    WHERE NOT EXISTS (SELECT FROM outbox WHERE idempotency_key = $1)
    ON CONFLICT (hash) DO NOTHING)
INSERT INTO outbox (
    idempotency_key, run_id, channel, personal_recipient, message_id, content_hash, topic,
    next_attempt_at, due_at)
SELECT $1, $2, $3, $4, $5, sha256($6::bytea), $7, coalesce($8, now()), coalesce($8, now())
WHERE NOT EXISTS (SELECT FROM outbox WHERE idempotency_key = $1)
ON CONFLICT DO NOTHING
