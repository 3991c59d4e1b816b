-- Forgets the content of messages that were sent long ago.
-- Parameters: $1 seconds.
UPDATE outbox SET personal_content = NULL
WHERE state IN ('sent', 'failed') AND personal_content IS NOT NULL
    AND enqueued_at < now() - make_interval(secs => $1::double precision)
