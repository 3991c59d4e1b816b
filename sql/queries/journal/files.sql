-- How far the files of a journal were read.
-- Parameters: $1 source. Grain: one row per file. Order: number.
SELECT journal_file.id, journal_file.name, read_bytes, head_hash, tail_hash, read_lines,
    refused_by_reason
FROM journal_file
JOIN source ON source.id = journal_file.source_id
WHERE source.name = $1
ORDER BY journal_file.id
