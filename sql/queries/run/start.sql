-- Starts a run.
-- Parameters: $1 job, $2 as of (NULL: now), $3 parameters, $4 engine, $5 holder, $6 start.
-- Grain: one row, its number.
INSERT INTO run (job, as_of, parameters, engine, holder, started_at)
VALUES ($1, coalesce($2, now()), $3, $4, $5, $6)
RETURNING id
