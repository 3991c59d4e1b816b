-- Adds changes in the life of alerts.
-- Parameters: $1 rules, $2 keys, $3 events, $4 details, arrays of one length; $5 when.
INSERT INTO alert_event (rule, alert_key, event, at, details)
SELECT rule, alert_key, event, $5, details::jsonb
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
    AS given (rule, alert_key, event, details)
