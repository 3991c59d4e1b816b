-- Claims messages that are due, and those whose sender died: claimed long ago and not sent.
-- Parameters: $1 channel, $2 seconds after which a claim counts as abandoned, $3 how many.
-- Grain: one row per message. Order: none.
UPDATE outbox SET state = 'sending', claimed_at = now(), attempts = attempts + 1
WHERE id IN (
    SELECT id FROM outbox
    WHERE channel = $1
        AND (state = 'pending' AND next_attempt_at <= now()
            OR state = 'sending'
                AND claimed_at <= now() - make_interval(secs => $2::double precision))
    ORDER BY id LIMIT $3
    FOR UPDATE SKIP LOCKED)
RETURNING id, idempotency_key, run_id, channel, personal_recipient, message_id, personal_content,
    attempts
