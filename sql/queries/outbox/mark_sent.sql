-- Says that a message was sent. Only the claim that sent it may say so.
-- Parameters: $1 message, $2 attempt, $3 code of the answer, $4 words of the answer.
WITH done AS (
    UPDATE outbox SET state = 'sent', sent_at = now(), error = NULL
    WHERE id = $1 AND state = 'sending' AND attempts = $2
    RETURNING id, attempts)
INSERT INTO outbox_attempt (outbox_id, attempt, outcome, code, detail)
SELECT id, attempts, 'sent', $3::integer, $4 FROM done
