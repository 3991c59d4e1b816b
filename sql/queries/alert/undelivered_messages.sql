-- Messages that were given up within a week, or wait although they are due for an hour.
-- Parameters: $1 now. Grain: one row per channel. Order: channel.
SELECT channel, count(*) AS value
FROM outbox
WHERE (state = 'failed' AND enqueued_at > $1::timestamptz - interval '7 days')
    OR (state IN ('pending', 'sending') AND enqueued_at < $1::timestamptz - interval '1 hour'
        AND next_attempt_at < $1::timestamptz - interval '1 hour')
GROUP BY channel
ORDER BY channel
