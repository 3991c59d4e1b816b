-- The latest changes in the life of alerts, the last first.
-- Parameters: $1 rule (NULL: all), $2 how many. Order: number, descending.
SELECT rule, alert_key, event, at, details
FROM alert_event WHERE $1::text IS NULL OR rule = $1
ORDER BY id DESC LIMIT $2
