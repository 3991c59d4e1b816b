-- Lets messages be tried again from now on, as if they had just been enqueued.
-- Parameters: $1 messages, NULL for all that were given up, $2 who wants it.
WITH again AS (
    UPDATE outbox
    SET state = 'pending', due_at = now(), next_attempt_at = now(), failures = 0
    WHERE content_hash IS NOT NULL
        AND CASE WHEN $1::bigint[] IS NULL THEN state = 'failed'
            ELSE id = ANY ($1) AND state IN ('failed', 'dropped', 'pending') END
    RETURNING id, attempts)
INSERT INTO outbox_attempt (outbox_id, attempt, outcome, detail)
SELECT id, attempts, 'retried', $2 FROM again
