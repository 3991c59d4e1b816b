-- Makes a source known. Asked for first, so that no number is used up each night.
-- Parameters: $1 source.
INSERT INTO source (name)
SELECT $1::text WHERE NOT EXISTS (SELECT FROM source WHERE name = $1)
ON CONFLICT (name) DO NOTHING
