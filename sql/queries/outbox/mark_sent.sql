-- Says that a message was sent. Only the claim that sent it may say so.
-- Parameters: $1 message, $2 attempt.
UPDATE outbox SET state = 'sent', sent_at = now(), error = NULL
WHERE id = $1 AND state = 'sending' AND attempts = $2
