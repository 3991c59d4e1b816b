-- Ends the versions that staged rows follow.
-- Parameters: $1 load, $2 snapshot. Plan: hash join of staging with record_version by id.
UPDATE record_version SET valid_to = $2
FROM staging_record
WHERE staging_record.load_id = $1 AND record_version.id = staging_record.replaces
    AND record_version.valid_to IS NULL
