-- Gives messages up for good.
-- Parameters: $1 messages, $2 who wants it.
WITH gone AS (
    UPDATE outbox SET state = 'dropped'
    WHERE id = ANY ($1::bigint[]) AND state IN ('pending', 'failed')
    RETURNING id, attempts)
INSERT INTO outbox_attempt (outbox_id, attempt, outcome, detail)
SELECT id, attempts, 'dropped', $2 FROM gone
