-- Gives back messages that were claimed and not tried.
-- Parameters: $1 sender, $2 channel, $3 seconds until they may be claimed again.
UPDATE outbox
SET state = 'pending',
    next_attempt_at = greatest(next_attempt_at, now() + make_interval(secs => $3::double precision))
WHERE sender_id = $1 AND channel = $2 AND state = 'sending'
