-- Forgets the content of messages that were concluded long ago; a content that several messages share
-- goes with the last of them.
-- Parameters: $1 seconds.
UPDATE outbox SET content_hash = NULL
WHERE state IN ('sent', 'failed', 'dropped') AND content_hash IS NOT NULL
    AND enqueued_at < now() - make_interval(secs => $1::double precision)
