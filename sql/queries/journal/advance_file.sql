-- Says how far a file of the journal is read.
-- Parameters: $1 file, $2 bytes, $3 head hash, $4 tail hash, $5 lines, $6 lines left out,
-- $7 the same by reason, $8 when.
UPDATE journal_file
SET read_bytes = $2, head_hash = $3, tail_hash = $4, read_lines = $5, refused_lines = $6,
    refused_by_reason = $7, read_at = $8
WHERE id = $1
