-- Notes in the index of blocks what the pages written last are about. Until then, which without this is
-- until the next vacuum, whoever asks for some minutes reads all pages since the last.
-- Plan: reads new pages only.
SELECT brin_summarize_new_values('journal_entry_time') AS range_count
