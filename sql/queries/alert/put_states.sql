-- Stores how alerts stand.
-- Parameters: $1 rules, $2 keys, $3 phases, $4 labels, $5 states, $6 when they were evaluated; arrays
-- of one length but for the last.
INSERT INTO alert_state (rule, alert_key, phase, labels, state, evaluated_at)
SELECT rule, alert_key, phase, labels::jsonb, state::jsonb, $6
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
    AS given (rule, alert_key, phase, labels, state)
ON CONFLICT (rule, alert_key) DO UPDATE
SET phase = excluded.phase, labels = excluded.labels, state = excluded.state,
    evaluated_at = excluded.evaluated_at
