-- How many alerts of each rule are in which phase.
-- Grain: one row per rule and phase. Order: the same.
SELECT rule, phase, count(*) AS alert_count
FROM alert_state
GROUP BY rule, phase
ORDER BY rule, phase
