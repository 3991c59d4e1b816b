-- Adds a message, unless its cause has added it already.
-- Parameters: $1 idempotency key, $2 run, $3 channel, $4 recipient, $5 Message-ID, $6 content.
INSERT INTO outbox (
    idempotency_key, run_id, channel, personal_recipient, message_id, personal_content)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (idempotency_key) DO NOTHING
