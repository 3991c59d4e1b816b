-- Says that a message could not be sent, and when to try again.
-- Parameters: $1 message, $2 attempt, $3 error, $4 seconds until the next attempt, NULL to give up,
-- $5 code of the answer, $6 words of the answer.
WITH done AS (
    UPDATE outbox
    SET state = CASE WHEN $4::double precision IS NULL THEN 'failed' ELSE 'pending' END, error = $3,
        failures = failures + 1,
        next_attempt_at = now() + make_interval(secs => coalesce($4::double precision, 0))
    WHERE id = $1 AND state = 'sending' AND attempts = $2
    RETURNING id, attempts, state)
INSERT INTO outbox_attempt (outbox_id, attempt, outcome, code, detail)
SELECT id, attempts, CASE state WHEN 'failed' THEN 'given_up' ELSE 'failed' END, $5::integer, $6
FROM done
