-- Channels for which messages wait.
-- Grain: one row per channel. Order: channel.
SELECT channel, count(*) AS message_count
FROM outbox WHERE state IN ('pending', 'sending')
GROUP BY channel
ORDER BY channel
