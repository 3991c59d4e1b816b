-- When anything of a journal was read last.
-- Parameters: $1 source. Grain: one row.
SELECT max(read_at) AS read_at
FROM journal_file
JOIN source ON source.id = journal_file.source_id
WHERE source.name = $1
