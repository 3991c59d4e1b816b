-- When alerts were evaluated last, by what was stored of it.
-- Grain: one row.
SELECT max(evaluated_at) AS evaluated_at FROM alert_state
