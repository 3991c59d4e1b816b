-- Makes a file of the journal known, before its entries are written.
-- Parameters: $1 source (number), $2 name, $3 head hash, $4 tail hash. Grain: one row, its number.
INSERT INTO journal_file (source_id, name, read_bytes, head_hash, tail_hash, read_lines)
VALUES ($1, $2, 0, $3, $4, 0)
RETURNING id
