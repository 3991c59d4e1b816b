-- The number of a source.
-- Parameters: $1 source. Grain: at most one row.
SELECT id FROM source WHERE name = $1
