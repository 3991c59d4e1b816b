-- Empties what a load staged.
-- Parameters: $1 load.
DELETE FROM staging_record WHERE load_id = $1
