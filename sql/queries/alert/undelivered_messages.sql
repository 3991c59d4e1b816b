-- Messages that were given up within a week, or wait although they are due for an hour.
-- Parameters: $1 now. Grain: one row per channel and error of the last try; NULL where none was made.
-- Order: channel, the most first, error.
SELECT channel, error, count(*) AS value
FROM outbox
WHERE (state = 'failed' AND enqueued_at > $1::timestamptz - interval '7 days')
    OR (state IN ('pending', 'sending') AND enqueued_at < $1::timestamptz - interval '1 hour'
        AND next_attempt_at < $1::timestamptz - interval '1 hour')
GROUP BY channel, error
ORDER BY channel, value DESC, error
