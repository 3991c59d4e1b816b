-- Forgets alerts of rules that are no more.
-- Parameters: $1 rules.
DELETE FROM alert_state WHERE rule <> ALL ($1::text[])
