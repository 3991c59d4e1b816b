-- Claims messages that are due, and those whose sender died: nobody holds its advisory lock.
-- Parameters: $1 sender, $2 channel, $3 how many, $4 the upper half of the senders' lock keys.
-- Grain: one row per message. Order: none.
WITH alive AS MATERIALIZED (
    SELECT objid::bigint AS sender_id FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 1 AND granted AND classid = $4::bigint::oid
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
UPDATE outbox SET state = 'sending', claimed_at = now(), attempts = attempts + 1, sender_id = $1
WHERE id IN (
    SELECT id FROM outbox
    WHERE channel = $2
        AND (state = 'pending' AND next_attempt_at <= now()
            OR state = 'sending'
                AND NOT EXISTS (SELECT FROM alive WHERE alive.sender_id = outbox.sender_id))
    ORDER BY next_attempt_at, id LIMIT $3
    FOR UPDATE SKIP LOCKED)
RETURNING id, idempotency_key, run_id, channel, personal_recipient, message_id, topic, attempts,
    failures, extract(epoch FROM now() - due_at)::double precision AS overdue_seconds,
    (SELECT personal_content FROM outbox_content WHERE hash = content_hash) AS personal_content
