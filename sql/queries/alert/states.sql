-- How alerts stand.
-- Grain: one row per rule and group of labels. Order: rule, key.
SELECT rule, alert_key, state
FROM alert_state
ORDER BY rule, alert_key
