-- Starts a run.
-- Parameters: $1 job, $2 parameters, $3 engine, $4 holder, $5 start.
-- Grain: one row, its number.
INSERT INTO run (job, parameters, engine, holder, started_at)
VALUES ($1, $2, $3, $4, $5)
RETURNING id
