-- Messages of the outbox by state.
-- Grain: one row per state. Order: state.
SELECT state, count(*) AS message_count
FROM outbox
GROUP BY state
ORDER BY state
